package dev.peephole.emit.java.method;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.java.buffer.Storage;
import dev.peephole.emit.java.print.KernelCode;
import dev.peephole.emit.java.print.Members;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Op;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Kernel.Statement;
import dev.peephole.kernel.Loads;
import dev.peephole.kernel.Schedule;
import dev.peephole.loop.Printed;
import dev.peephole.pass.lower.ToKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Writes how the parameters get their first values. */
public final class InitializeMethod {
  private final Program program;
  private final ToKernels toKernels;
  private final Precision precision;
  private final Identifiers identifiers;
  private final Storage storage;
  private final KernelCode kernels;

  /** For the parameters of a program, whose buffers are declared already. */
  public InitializeMethod(
      Program program,
      ToKernels toKernels,
      Precision precision,
      Identifiers identifiers,
      Storage storage,
      KernelCode kernels) {
    this.program = program;
    this.toKernels = toKernels;
    this.precision = precision;
    this.identifiers = identifiers;
    this.storage = storage;
    this.kernels = kernels;
  }

  /** The method; what the optimizer remembers, if it does, begins anew, too. */
  public MethodSpec method() {
    List<CodeBlock> parts = new ArrayList<>();
    for (int i = 0; i < program.parameters().size(); i++) {
      parts.add(parameter(i));
    }
    if (program.optimizer().filter(o -> !o.states().isEmpty()).isPresent()) {
      parts.add(CodeBlock.of("forget();\n"));
    }
    return Members.override("initialize", TypeName.VOID)
        .addParameter(TypeName.LONG, "seed")
        .addCode(CodeBlock.join(parts, "\n"))
        .build();
  }

  /** How one parameter gets its first value, in the array of its name. */
  public CodeBlock parameter(int parameter) {
    Var weight = program.weights().get(parameter);
    Schedule schedule =
        toKernels.initializer(program.parameters().get(parameter).initializer(), weight.name());
    CodeBlock.Builder code = CodeBlock.builder();
    for (Kernel kernel : schedule.kernels()) {
      Var out = kernel.results().get(0);
      if (kernel instanceof Kernel.Loop loop
          && out.shape().rank() == 0
          && !isResult(out, schedule)) {
        code.add(kernels.code(local(loop)));
        continue;
      }
      if (isResult(out, schedule) || onlyReadInPlace(out, schedule)) {
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

  /**
   * Whether the parameter's own array can hold a value on the way to the parameter: nothing but the
   * next kernel reads it, in places that it may write to.
   */
  private static boolean onlyReadInPlace(Var var, Schedule schedule) {
    List<Kernel> kernels = schedule.kernels();
    int next =
        1
            + IntStream.range(0, kernels.size())
                .filter(i -> kernels.get(i).results().contains(var))
                .findFirst()
                .orElseThrow();
    return IntStream.range(0, kernels.size())
        .filter(i -> Loads.of(kernels.get(i)).stream().anyMatch(load -> load.var() == var))
        .allMatch(i -> i == next && writesInPlace(kernels.get(i), var));
  }

  private static boolean writesInPlace(Kernel kernel, Var var) {
    return kernel instanceof Kernel.Call call
            && call.equation().op() instanceof Op.Routine routine
            && routine.worksInPlace()
        || kernel instanceof Kernel.Loop loop && readsInPlace(loop, var);
  }

  private static boolean readsInPlace(Kernel.Loop loop, Var var) {
    return Loads.of(loop).stream()
        .filter(l -> l.var() == var)
        .allMatch(l -> l.at().equals(Kernel.positions(loop.domain())));
  }
}
