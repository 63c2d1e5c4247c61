package dev.peephole.runtime.kernel;

/** Functions that the JDK lacks. */
public final class Special {
  /** erf(x) rounds to 1 from here on. */
  private static final double ONE_FROM = 6;

  private static final int NODES_PER_UNIT = 8;
  private static final int DEGREE = 12;

  /** Where the series hands over to the continued fraction, and how long both have to be. */
  private static final double SERIES_BELOW = 1;

  private static final int SERIES_TERMS = 30;
  private static final int FRACTION_TERMS = 400;
  private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;

  /** Row i: the Taylor coefficients of erf at i/8. */
  private static final double[][] TAYLOR = taylorCoefficients();

  private Special() {}

  /**
   * The error function 2/√π ∫₀ˣ exp(−t²) dt, within 2 ulp; the same bits on every JDK.
   *
   * <p>It is the Taylor polynomial of degree 12 about the nearest multiple of 1/8, so that neither
   * exp nor a long series is needed for each x.
   */
  public static double erf(double x) {
    double z = Math.abs(x);
    if (!(z < ONE_FROM)) {
      return Double.isNaN(x) ? x : Math.copySign(1, x);
    }
    int node = (int) (z * NODES_PER_UNIT + 0.5);
    double h = z - (double) node / NODES_PER_UNIT;
    double[] coefficients = TAYLOR[node];
    double sum = coefficients[DEGREE];
    for (int n = DEGREE - 1; n >= 0; n--) {
      sum = sum * h + coefficients[n];
    }
    return Math.copySign(sum, x);
  }

  /**
   * All coefficients follow from the first two: erf″(x) = −2x·erf′(x), and therefore (n + 1)(n + 2)
   * tₙ₊₂ = −2 ((n + 1) x tₙ₊₁ + n tₙ).
   */
  private static double[][] taylorCoefficients() {
    double[][] rows = new double[(int) ONE_FROM * NODES_PER_UNIT + 1][DEGREE + 1];
    for (int i = 0; i < rows.length; i++) {
      double x = (double) i / NODES_PER_UNIT;
      double[] t = rows[i];
      t[0] = x < SERIES_BELOW ? erfBySeries(x) : 1 - erfcByFraction(x);
      t[1] = TWO_OVER_SQRT_PI * StrictMath.exp(-x * x);
      for (int n = 0; n + 2 <= DEGREE; n++) {
        t[n + 2] = -2 * ((n + 1) * x * t[n + 1] + n * t[n]) / ((n + 1) * (n + 2));
      }
    }
    return rows;
  }

  /** erf(x) = 2/√π x (1 − x²/1 (1/3 − x²/2 (1/5 − x²/3 (1/7 − …)))). */
  private static double erfBySeries(double x) {
    double sum = 0;
    for (int n = SERIES_TERMS; n >= 0; n--) {
      sum = 1.0 / (2 * n + 1) - x * x / (n + 1) * sum;
    }
    return TWO_OVER_SQRT_PI * x * sum;
  }

  /** erfc(x) = 1/√π exp(−x²) / (x + ½ / (x + 1 / (x + 3⁄2 / (x + 2 / (x + …))))). */
  private static double erfcByFraction(double x) {
    double fraction = x;
    for (int n = FRACTION_TERMS; n > 0; n--) {
      fraction = x + n / 2.0 / fraction;
    }
    return TWO_OVER_SQRT_PI / 2 * StrictMath.exp(-x * x) / fraction;
  }
}
