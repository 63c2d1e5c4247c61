package dev.peephole.emit;

import dev.peephole.op.Elementwise;
import dev.peephole.op.Notation;

/** What a target writes otherwise than another in the expression of one number. */
public interface Dialect {

  /** The type of a number. */
  String realName();

  /** A number that is no int: {@code 0.5f}. */
  String literal(double value);

  /** How an op is written, by default as it says itself. */
  default Notation notation(Elementwise op) {
    return op.code();
  }

  /** Whether this is a step of training. */
  String training();

  /** Whether a call takes an int where it wants a number with a fraction. */
  boolean callsTakeInts();
}
