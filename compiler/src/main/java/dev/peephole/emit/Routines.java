package dev.peephole.emit;

import dev.peephole.ir.Equation;
import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Statement;
import java.util.List;

/** What a target that runs one statement after another does by calls. */
public interface Routines {

  /** The call that computes an equation. */
  List<Statement> call(Equation equation, Scope scope);

  /** What is prepared before the time steps of a recurrence. */
  default List<Statement> before(Kernel.Recurrence recurrence) {
    return List.of();
  }
}
