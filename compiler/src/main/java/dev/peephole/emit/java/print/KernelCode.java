package dev.peephole.emit.java.print;

import com.palantir.javapoet.CodeBlock;
import dev.peephole.emit.KernelLoops;
import dev.peephole.emit.Scope;
import dev.peephole.kernel.Kernel;
import java.util.List;

/** Writes kernels as Java statements, each under its equation. */
public record KernelCode(KernelLoops loops, JavaPrinter printer) {

  /** The statements of a kernel outside of any loop. */
  public CodeBlock code(Kernel kernel) {
    return printer.code(List.of(loops.step(kernel, Scope.OUTSIDE)));
  }
}
