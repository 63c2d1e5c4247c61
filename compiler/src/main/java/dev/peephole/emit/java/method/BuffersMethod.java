package dev.peephole.emit.java.method;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.peephole.emit.java.buffer.Storage;
import dev.peephole.ir.Element;
import dev.peephole.ir.Program;
import dev.peephole.ir.Role;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Kernel;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Writes the method that makes the buffers of a batch and says what they are for.
 *
 * <pre>
 * x = input("x", BATCH, 2);
 * z = value("z", "xW1 + b1", "fever.nn:6", BATCH, 8);
 * dz = gradient("z", BATCH, 8);
 * </pre>
 */
public final class BuffersMethod {
  private final ToKernels.Network network;
  private final Program program;
  private final Storage storage;
  private final Insight insight;
  private final Map<Var, Said> values = new LinkedHashMap<>();
  private final CodeBlock.Builder code = CodeBlock.builder();

  /** What is said of a value of the forward pass. */
  private record Said(String formula, String place) {}

  /** For a network whose values are where its class keeps them. */
  public BuffersMethod(ToKernels.Network network, Storage storage) {
    this.network = network;
    this.program = network.program();
    this.storage = storage;
    this.insight = new Insight(network, storage);
    for (Phase phase : List.of(Phase.FORWARD, Phase.LOSS)) {
      network.phases().get(phase).stream()
          .filter(kernel -> !(kernel instanceof Kernel.Alias))
          .forEach(this::say);
    }
  }

  /** What the kernel computes and the loss leaves as it is, but for truth values. */
  private void say(Kernel kernel) {
    for (Var out : kernel.results()) {
      if (out.element() != Element.TRUTH && !network.overwritten().contains(out)) {
        Optional<Caption> caption = kernel.caption(out);
        values.put(
            out,
            new Said(
                caption.map(Caption::right).orElse(out.name()),
                caption.map(Caption::origin).orElse(kernel.origin()).place()));
      }
    }
  }

  /** The method. */
  public MethodSpec method() {
    List<Var> all = storage.declared();
    List<Var> sharing =
        all.stream().filter(v -> storage.isPerBatch(v) && storage.shares(v)).toList();
    boolean atOnce = sharing.isEmpty() && all.containsAll(values.keySet());
    for (Var var : all) {
      if (storage.isPerBatch(var) && !storage.shares(var)) {
        code.addStatement("$L = $L", storage.variable(var), made(var, atOnce));
      } else if (atOnce && values.containsKey(var)) {
        code.addStatement("$L", value(var, true));
      }
    }
    if (!sharing.isEmpty()) {
      code.add("\n// $L\n", Storage.SHARING);
    }
    for (Var var : sharing) {
      code.addStatement("$L = $L", storage.variable(var), storage.host(var));
    }
    if (!atOnce) {
      code.add("\n");
      values.keySet().forEach(var -> code.addStatement("$L", value(var, true)));
    }
    for (Var output : program.outputs()) {
      code.addStatement("$L", output(output));
    }
    insight.said(values.keySet()).forEach(said -> code.addStatement("$L", said));
    return MethodSpec.methodBuilder("buffers")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .addCode(code.build())
        .build();
  }

  /** A new array, and what it is for. */
  private CodeBlock made(Var var, boolean withValue) {
    if (program.inputs().contains(var)) {
      return given("input", var);
    } else if (program.targets().contains(var)) {
      return given("target", var);
    } else if (program.step().inputs(Role.CARRIED).contains(var)) {
      return given("carried", var);
    } else if (program.lengths().filter(v -> v == var).isPresent()) {
      return CodeBlock.of("lengths($L)", shape(var));
    } else if (program.continues().filter(v -> v == var).isPresent()) {
      return CodeBlock.of("continues($L)", shape(var));
    } else if (withValue && values.containsKey(var)) {
      return value(var, false);
    }
    Optional<Var> differentiated = insight.gradientOf(var);
    if (differentiated.isPresent()) {
      return CodeBlock.of("gradient($S,$W$L)", differentiated.get().name(), shape(var));
    }
    String kind =
        switch (var.element()) {
          case REAL -> "reals";
          case LABEL, COUNT -> "labels";
          case TRUTH -> "truths";
        };
    return CodeBlock.of("$L($L)", kind, shape(var));
  }

  private CodeBlock given(String role, Var var) {
    boolean label = var.element() == Element.LABEL;
    return said(label ? role + "Labels" : role, var, false, CodeBlock.of(""));
  }

  private CodeBlock output(Var var) {
    return storage.isArray(var)
        ? said("output", var, true, CodeBlock.of(""))
        : CodeBlock.of("output($S, () -> $L)", var.name(), storage.variable(var));
  }

  /**
   * @param there whether it is in an array or a variable already
   */
  private CodeBlock value(Var var, boolean there) {
    Said said = values.get(var);
    CodeBlock text = CodeBlock.of(",$W$S,$W$S", said.formula(), said.place());
    return storage.isArray(var)
        ? said("value", var, there, text)
        : CodeBlock.of("value($S, () -> $L$L)", var.name(), storage.variable(var), text);
  }

  private CodeBlock said(String method, Var var, boolean there, CodeBlock text) {
    CodeBlock.Builder call = CodeBlock.builder().add("$L($S", method, var.name());
    if (var.element() == Element.LABEL) {
      call.add(", $L", var.classes());
    }
    if (there) {
      call.add(", $L", storage.variable(var));
    }
    call.add("$L", text);
    return var.shape().rank() == 0 ? call.add(")").build() : call.add(",$W$L)", shape(var)).build();
  }

  /** {@code BATCH, 8}. */
  private static String shape(Var var) {
    return var.shape().axes().stream()
        .map(
            length ->
                switch (length) {
                  case Shape.BATCH -> "BATCH";
                  case Shape.OPEN -> "OPEN";
                  default -> String.valueOf(length);
                })
        .collect(Collectors.joining(", "));
  }
}
