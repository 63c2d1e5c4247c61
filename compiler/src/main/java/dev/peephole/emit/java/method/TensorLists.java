package dev.peephole.emit.java.method;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.java.buffer.HostArrays;
import dev.peephole.emit.java.print.Members;
import dev.peephole.ir.AcrossBatch;
import dev.peephole.ir.Element;
import dev.peephole.ir.Program;
import dev.peephole.ir.Role;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the methods by which the training loop finds a model's buffers. */
public final class TensorLists {
  private static final ClassName LIST = ClassName.get(List.class);

  private final Program program;
  private final HostArrays arrays;

  /** For a program, wherever the class keeps its values. */
  public TensorLists(Program program, HostArrays arrays) {
    this.program = program;
    this.arrays = arrays;
  }

  /** What every class says of its buffers. */
  public List<MethodSpec> methods() {
    List<MethodSpec> methods = new ArrayList<>();
    methods.add(
        Members.override("name", ClassName.get(String.class))
            .addStatement("return $S", program.name())
            .build());
    program
        .lengths()
        .map(arrays::of)
        .map(
            lengths ->
                Members.override("lengths", ArrayTypeName.of(TypeName.INT))
                    .addStatement("return $L", lengths)
                    .build())
        .ifPresent(methods::add);
    program
        .continues()
        .map(
            continues ->
                Members.override("continues", ArrayTypeName.of(TypeName.BOOLEAN))
                    .addStatement("return $L", arrays.of(continues))
                    .build())
        .ifPresent(methods::add);
    List<Var> carried = program.step().inputs(Role.CARRIED);
    if (!carried.isEmpty()) {
      methods.add(list("carried", Tensor.class, tensors(carried)));
    }
    if (!program.states().isEmpty()) {
      methods.add(list("states", Tensor.class, states()));
    }
    Collections.addAll(
        methods,
        list("inputs", Tensor.class, tensors(program.inputs())),
        list("targets", Tensor.class, tensors(program.targets())),
        list("outputs", Tensor.class, tensors(program.outputs())));
    answers(program).ifPresent(methods::add);
    acrossBatch(program).ifPresent(methods::add);
    methods.add(list("values", Model.Value.class, List.of()));
    return methods;
  }

  /** What {@link Model#answers} says of itself. */
  private static List<Integer> inOrder(Program program) {
    return IntStream.range(0, program.outputs().size())
        .mapToObj(k -> k < program.targets().size() ? k : Program.NO_TARGET)
        .toList();
  }

  /** Which targets the outputs answer, if not those in their order. */
  public static Optional<MethodSpec> answers(Program program) {
    String places =
        program.answers().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return program.answers().equals(inOrder(program))
        ? Optional.empty()
        : Optional.of(
            Members.override("answers", ArrayTypeName.of(TypeName.INT))
                .addStatement("return new int[] {$L}", places)
                .build());
  }

  /** That a class computes across the batch, if it does. */
  public static Optional<MethodSpec> acrossBatch(Program program) {
    return AcrossBatch.isIn(program.step())
        ? Optional.of(
            Members.override("acrossBatch", TypeName.BOOLEAN).addStatement("return true").build())
        : Optional.empty();
  }

  /**
   * What is trained, for a class that does not say it otherwise.
   *
   * @param states what the optimizer remembers, by the names that checkpoints use
   */
  public List<MethodSpec> trained(Map<String, Var> states) {
    List<CodeBlock> parameters = new ArrayList<>();
    List<CodeBlock> gradients = new ArrayList<>();
    for (int i = 0; i < program.parameters().size(); i++) {
      String path = program.parameters().get(i).path();
      parameters.add(tensor(path, program.weights().get(i)));
      gradients.add(tensor(path, program.gradients().get(i)));
    }
    List<CodeBlock> remembered = new ArrayList<>();
    states.forEach((path, var) -> remembered.add(tensor(path, var)));
    return List.of(
        list("parameters", Tensor.class, parameters),
        list("gradients", Tensor.class, gradients),
        list("optimizerStates", Tensor.class, remembered));
  }

  private List<CodeBlock> states() {
    return IntStream.range(0, program.states().size())
        .mapToObj(i -> tensor(program.states().get(i).path(), program.kept().get(i).before()))
        .toList();
  }

  private static MethodSpec list(String name, Class<?> element, List<CodeBlock> elements) {
    MethodSpec.Builder method =
        Members.override(name, ParameterizedTypeName.get(LIST, ClassName.get(element)));
    if (elements.size() < 2) {
      method.addStatement("return $T.of($L)", List.class, CodeBlock.join(elements, ", "));
    } else {
      method.addCode("return $T.of(\n$>$>$L$<$<);\n", List.class, CodeBlock.join(elements, ",\n"));
    }
    return method.build();
  }

  private List<CodeBlock> tensors(List<Var> vars) {
    return vars.stream().map(v -> tensor(v.name(), v)).toList();
  }

  private CodeBlock tensor(String name, Var var) {
    CodeBlock.Builder code = CodeBlock.builder();
    CodeBlock array = arrays.of(var);
    if (var.element() == Element.LABEL) {
      code.add("$T.labels($S, $L, $L", Tensor.class, name, var.classes(), array);
    } else {
      code.add("$T.of($S, $L", Tensor.class, name, array);
    }
    for (int length : var.shape().example().axes()) {
      code.add(
          length == Shape.OPEN
              ? CodeBlock.of(", $T.OPEN", Tensor.class)
              : CodeBlock.of(", $L", length));
    }
    return code.add(")").build();
  }
}
