package dev.peephole.op;

import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;

/**
 * Where functions, or their derivatives, can be infinite or no number though their inputs are
 * finite. That an end of a range is never reached says nothing here: rounding may reach it.
 */
final class Singularities {
  private Singularities() {}

  static boolean quotient(Ranging r) {
    return r.x(1).low() <= 0 && r.x(1).high() >= 0;
  }

  static boolean logarithm(Ranging r) {
    return r.x(0).low() <= 0;
  }

  static boolean logarithmOfMore(Ranging r) {
    return r.x(0).low() <= -1;
  }

  /** A root is infinitely steep at 0. */
  static boolean root(Ranging r) {
    return r.x(0).low() <= 0;
  }

  /** It is too large for single precision. */
  static boolean exponential(Ranging r) {
    return Math.exp(r.x(0).high()) > Float.MAX_VALUE;
  }

  /** A whole power of at least 1 is one of any base. */
  static boolean power(Ranging r) {
    Range exponent = r.x(1);
    double number = exponent.low();
    boolean whole = exponent.isPoint() && number >= 1 && number == Math.rint(number);
    return !whole && (r.x(0).low() <= 0 || !exponent.isBounded());
  }
}
