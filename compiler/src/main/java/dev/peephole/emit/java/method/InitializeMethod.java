package dev.peephole.emit.java.method;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.java.buffer.Storage;
import dev.peephole.emit.java.print.KernelCode;
import dev.peephole.emit.java.print.Members;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Kernel.Statement;
import dev.peephole.kernel.Schedule;
import dev.peephole.loop.Printed;
import dev.peephole.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;

/** Writes how the parameters, and the states of layers, get their first values. */
public final class InitializeMethod {
  private final Program program;
  private final Precision precision;
  private final Identifiers identifiers;
  private final Storage storage;
  private final KernelCode kernels;

  /** For the parameters of a program, whose buffers are declared already. */
  public InitializeMethod(
      Program program,
      Precision precision,
      Identifiers identifiers,
      Storage storage,
      KernelCode kernels) {
    this.program = program;
    this.precision = precision;
    this.identifiers = identifiers;
    this.storage = storage;
    this.kernels = kernels;
  }

  /** The method; what the optimizer remembers, if it does, begins anew, too. */
  public MethodSpec method() {
    List<CodeBlock> parts = new ArrayList<>();
    for (int i = 0; i < program.parameters().size(); i++) {
      parts.add(first(program.parameters().get(i), program.weights().get(i)));
    }
    for (int i = 0; i < program.states().size(); i++) {
      parts.add(first(program.states().get(i), program.kept().get(i).before()));
    }
    if (program.groups().stream().anyMatch(group -> !group.optimizer().states().isEmpty())) {
      parts.add(CodeBlock.of("forget();\n"));
    }
    return Members.override("initialize", TypeName.VOID)
        .addParameter(TypeName.LONG, "seed")
        .addCode(CodeBlock.join(parts, "\n"))
        .build();
  }

  /** How a parameter, or a state of a layer, gets its first value, in the array of its name. */
  public CodeBlock first(Program.Parameter parameter, Var weight) {
    Schedule schedule = Pipeline.initializer(parameter.initializer(), weight.name());
    CodeBlock.Builder code = CodeBlock.builder();
    for (Kernel kernel : schedule.kernels()) {
      Var out = kernel.results().get(0);
      if (kernel instanceof Kernel.Loop loop
          && out.shape().rank() == 0
          && !isResult(out, schedule)) {
        code.add(kernels.code(local(loop)));
        continue;
      }
      if (isResult(out, schedule) || schedule.shared().containsKey(out)) {
        storage.given(out, identifiers.of(weight));
      } else {
        storage.given(out, identifiers.fresh(out.name()));
        CodeBlock.Builder array = CodeBlock.builder();
        array.addStatement(
            "$T $L = new $T[$L]",
            precision.arrayType(),
            identifiers.of(out),
            precision.type(),
            Storage.product(out));
        Printed.Mark mark =
            new Printed.Mark(Printed.Kind.DECLARATION, List.of(out), kernel.origin());
        code.add(kernels.printer().anchored(mark, array.build()));
      }
      code.add(kernels.code(kernel));
    }
    return code.build();
  }

  private static boolean isResult(Var var, Schedule schedule) {
    return schedule.outputs().contains(var);
  }

  /** A number on the way to the parameter lives in a local variable. */
  private static Kernel.Loop local(Kernel.Loop loop) {
    return loop.withBody(loop.body().stream().map(Statement::inLoopOnly).toList());
  }
}
