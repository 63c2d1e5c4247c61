package dev.peephole.pass.lower;

import dev.peephole.ir.Function;
import dev.peephole.ir.Pass;

/** Puts equations in the order of the phases that compute them. */
public final class SortByPhase implements Pass {
  @Override
  public Function run(Function function) {
    return Phases.of(function).function();
  }
}
