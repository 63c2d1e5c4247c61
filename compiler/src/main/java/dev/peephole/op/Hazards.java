package dev.peephole.op;

import dev.peephole.ir.Hazard;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import java.util.Optional;

/**
 * What functions are hardly meant for: where ordinary inputs and parameters bring them to a place
 * without value or derivative, or to one where they are all but straight.
 */
final class Hazards {
  private static final Range SHARE = Range.closed(0, 1);
  private static final String ABOVE = "exp(x) and softplus(x) are above 0, and so is ";
  private static final String FROM_BEFORE =
      "compute it from what that value is made of, or keep that value off its end, as"
          + " max(x, 1e-6) does";

  private Hazards() {}

  static Optional<Hazard> logarithm(Ranging r) {
    return below(r, 0, "the logarithm of 0", " or less", "max(x, 1e-6)");
  }

  static Optional<Hazard> logarithmOfMore(Ranging r) {
    String less = " or less: log1p(x) is log(1 + x)";
    return below(r, -1, "the logarithm of 0", less, "max(x, 1e-6)");
  }

  static Optional<Hazard> root(Ranging r) {
    String less = ", where it is infinitely steep, or of less";
    return below(r, 0, "the root of 0", less, "1e-6 + x ^ 2");
  }

  static Optional<Hazard> quotient(Ranging r) {
    Range x = r.x(1);
    if ((x.isTaken() || x.isPoint()) && x.holds(0)) {
      String message = x.isPoint() ? "this is a quotient by 0" : "this can be a quotient by 0";
      return Optional.of(new Hazard(1, message, ABOVE + "1e-6 + x ^ 2"));
    }
    return rounded(r, 1, 0, "a quotient by 0");
  }

  /** A whole power is one of any base; a negative one divides by it; others are roots. */
  static Optional<Hazard> power(Ranging r) {
    Range base = r.x(0);
    Range exponent = r.x(1);
    boolean whole = exponent.isPoint() && exponent.low() == Math.rint(exponent.low());
    boolean negative = exponent.isPoint() && exponent.low() < 0;
    boolean above = exponent.isPoint() && exponent.low() >= 1;
    boolean bad = whole ? negative && base.holds(0) : base.low() < 0 || base.holds(0) && !above;
    if (base.isTaken() && bad) {
      String message = whole ? "this can be a quotient by 0" : "this can be a root of 0 or less";
      return Optional.of(new Hazard(0, message, ABOVE + "max(x, 1e-6)"));
    }
    return negative ? rounded(r, 0, 0, "a quotient by 0") : Optional.empty();
  }

  /** σ and its integral bend around 0; of shares they see a short stretch at one side. */
  static Optional<Hazard> share(Ranging r) {
    Range x = r.x(0);
    String message = "this takes any number, and is given one that always lies between 0 and 1";
    return x.isWithin(SHARE) && !x.isPoint()
        ? Optional.of(new Hazard(0, message, "give it the value from which that was made"))
        : Optional.empty();
  }

  /** What has no value, or no derivative, from a limit downwards. */
  private static Optional<Hazard> below(
      Ranging r, double limit, String at, String less, String above) {
    Range x = r.x(0);
    return x.isTaken() && (x.low() < limit || x.holds(limit))
        ? Optional.of(new Hazard(0, "this can be " + at + less, ABOVE + above))
        : rounded(r, 0, limit, at);
  }

  /**
   * What comes as near as one likes to both of its ends is at them in single precision, and soon:
   * σ(17) is 1, and tanh(10) too.
   */
  private static Optional<Hazard> rounded(Ranging r, int input, double limit, String at) {
    Range x = r.x(input);
    boolean end = (x.low() == limit || x.high() == limit) && !x.holds(limit);
    return x.isTaken() && x.isBounded() && end
        ? Optional.of(new Hazard(input, "rounding can make this " + at, FROM_BEFORE))
        : Optional.empty();
  }
}
