package dev.peephole.emit;

import dev.peephole.ir.Var;

/** Where values are kept. */
public interface Places {

  /** The variable or array of a value. */
  String variable(Var var);

  /** Whether it is in an array; else it is a single number in a variable. */
  boolean isArray(Var var);

  /** Whether the array holds the value of every time step, one after another. */
  default boolean isTimed(Var var) {
    return false;
  }
}
