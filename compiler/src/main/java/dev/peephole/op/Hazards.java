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

  private Hazards() {}

  static Optional<Hazard> logarithm(Ranging r) {
    return when(
        reaches(r.x(0), 0),
        new Hazard(0, "this can be the logarithm of 0 or less", ABOVE + "max(x, 1e-6)"));
  }

  static Optional<Hazard> logarithmOfMore(Ranging r) {
    return when(
        reaches(r.x(0), -1),
        new Hazard(
            0,
            "this can be the logarithm of 0 or less: log1p(x) is log(1 + x)",
            ABOVE + "max(x, 1e-6)"));
  }

  static Optional<Hazard> root(Ranging r) {
    return when(
        reaches(r.x(0), 0),
        new Hazard(
            0,
            "this can be the root of 0, where it is infinitely steep, or of less",
            ABOVE + "1e-6 + x ^ 2"));
  }

  static Optional<Hazard> quotient(Ranging r) {
    return when(
        (r.x(1).isTaken() || r.x(1).isPoint()) && r.x(1).holds(0),
        new Hazard(
            1,
            r.x(1).isPoint() ? "this is a quotient by 0" : "this can be a quotient by 0",
            ABOVE + "1e-6 + x ^ 2"));
  }

  /** A whole power is one of any base; a negative one divides by it; others are roots. */
  static Optional<Hazard> power(Ranging r) {
    Range base = r.x(0);
    Range exponent = r.x(1);
    boolean whole = exponent.isPoint() && exponent.low() == Math.rint(exponent.low());
    boolean negative = exponent.isPoint() && exponent.low() < 0;
    boolean above = exponent.isPoint() && exponent.low() >= 1;
    boolean bad = whole ? negative && base.holds(0) : base.low() < 0 || base.holds(0) && !above;
    return when(
        base.isTaken() && bad,
        new Hazard(
            0,
            whole ? "this can be a quotient by 0" : "this can be a root of 0 or less",
            ABOVE + "max(x, 1e-6)"));
  }

  /** σ and its integral bend around 0; of shares they see a short stretch at one side. */
  static Optional<Hazard> share(Ranging r) {
    Range x = r.x(0);
    return when(
        x.isWithin(SHARE) && !x.isPoint(),
        new Hazard(
            0,
            "this takes any number, and is given one that always lies between 0 and 1",
            "give it the value from which that was made"));
  }

  private static boolean reaches(Range range, double limit) {
    return range.isTaken() && (range.low() < limit || range.holds(limit));
  }

  private static Optional<Hazard> when(boolean condition, Hazard hazard) {
    return condition ? Optional.of(hazard) : Optional.empty();
  }
}
