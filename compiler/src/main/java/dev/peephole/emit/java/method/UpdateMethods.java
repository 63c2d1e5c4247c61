package dev.peephole.emit.java.method;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Constants;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.emit.java.print.Members;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Update;
import dev.peephole.op.Constant;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.Parameter;
import dev.peephole.runtime.Share;
import dev.peephole.runtime.kernel.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the optimizers' step over all parameters. */
public final class UpdateMethods {
  private final Program program;
  private final Precision precision;
  private final boolean shared;
  private final ScheduleMethods schedules;
  private final List<Part> parts = new ArrayList<>();

  /** A group of parameters, what its optimizer is called, and its method. */
  private record Part(Program.Group group, String name, OptimizerMethod method) {}

  /**
   * @param shared whether several threads may update the parameters together
   */
  public UpdateMethods(
      Program program,
      Set<Optimization> optimizations,
      Precision precision,
      JavaPrinter printer,
      Constants constants,
      boolean shared) {
    this.program = program;
    this.precision = precision;
    List<Update> updates =
        program.groups().stream()
            .map(group -> Pipeline.optimizer(group.optimizer(), optimizations))
            .toList();
    this.shared = shared && updates.stream().noneMatch(Update::sums);
    MethodNames names = new MethodNames(ArrayModel.class);
    for (int g = 0; g < updates.size(); g++) {
      Update update = updates.get(g);
      Program.Group group = program.groups().get(g);
      if (update.kernels().isEmpty()) {
        continue; // these stay as they are
      }
      OptimizerMethod method =
          new OptimizerMethod(update, precision, printer, constants, this.shared);
      parts.add(new Part(group, names.of(group.optimizer().name()), method));
    }
    this.schedules =
        new ScheduleMethods(program, optimizations, precision, printer, names, constants::name);
  }

  /** {@code update}, and the optimizers that it calls for each parameter. */
  public List<MethodSpec> methods() {
    if (program.groups().isEmpty()) {
      return List.of(update().addStatement(refusal(program)).build());
    }
    List<MethodSpec> methods = new ArrayList<>();
    MethodSpec.Builder update = update();
    if (shared) {
      update.addParameter(Share.class, OptimizerMethod.SHARE);
      methods.add(
          update().addStatement("update($L, $T.WHOLE)", ScheduleMethods.NOW, Share.class).build());
    }
    parts.forEach(part -> update.addCode(call(part)));
    methods.add(update.build());
    parts.forEach(part -> methods.add(part.method.method(part.name)));
    methods.addAll(schedules.methods());
    return methods;
  }

  /** The optimizer of a group for each of its parameters, its options first. */
  private CodeBlock call(Part part) {
    CodeBlock.Builder code = CodeBlock.builder();
    Optimizer optimizer = part.group.optimizer();
    code.add(schedules.locals(optimizer));
    String group = isAlone() ? "" : "\"" + part.name + "\"";
    code.beginControlFlow("for ($T each : trained($L))", parameter(), group);
    code.addStatement("$L($L)", part.name, part.method.arguments(schedules::name));
    return code.endControlFlow().build();
  }

  private boolean isAlone() {
    return program.groups().size() == 1;
  }

  /** What there is to say of the parameters: which group they belong to, and what is remembered. */
  public CodeBlock declarations() {
    CodeBlock.Builder code = CodeBlock.builder();
    for (Part part : parts) {
      if (!isAlone()) {
        String paths =
            part.group.parameters().stream()
                .map(i -> ", \"" + program.parameters().get(i).path() + "\"")
                .collect(Collectors.joining());
        code.addStatement("group($S$L)", part.name, paths);
      }
      for (Optimizer.State state : part.group.optimizer().states()) {
        String group = isAlone() ? "" : "\"" + part.name + "\", ";
        code.addStatement(
            "remember($L$S, $L)", group, state.name(), Constant.text(state.initial()));
      }
    }
    return code.build();
  }

  /** {@code Parameter<float[]>}. */
  private TypeName parameter() {
    return ParameterizedTypeName.get(ClassName.get(Parameter.class), precision.arrayType());
  }

  private static MethodSpec.Builder update() {
    return Members.override("update", TypeName.VOID)
        .addParameter(Moment.class, ScheduleMethods.NOW);
  }

  /** What a network does that nothing says how to train. */
  public static CodeBlock refusal(Program program) {
    String message = program.file().shortName() + " has no training plan for " + program.name();
    return CodeBlock.of("throw new $T($S)", UnsupportedOperationException.class, message);
  }
}
