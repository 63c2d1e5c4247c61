package dev.peephole.emit.java.buffer;

import com.palantir.javapoet.CodeBlock;
import dev.peephole.ir.Var;

/** How a generated class writes the arrays that the training loop sees, which are on the host. */
public interface HostArrays {

  /** The array of a value. */
  CodeBlock of(Var var);
}
