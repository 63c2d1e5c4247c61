package dev.peephole.proof;

import java.util.Map;

/**
 * How far numbers are apart, relative to the largest of them.
 *
 * @param what the value that differs most
 * @param error by how much
 */
public record Difference(String what, double error) {

  /**
   * Gradients that are this much smaller than the largest of a network may be all rounding, and
   * outputs that are this much smaller than inputs of size 1 too.
   */
  private static final double FLOOR = 1e-2;

  /** Gradients of this size are none. */
  private static final double LEAST = 1e-6;

  /** Between two lists of numbers: 0 if they are equal, 1 if they have nothing in common. */
  static double relative(double[] a, double[] b) {
    return relative(a, b, 0);
  }

  /** The same, but relative to {@code atLeast} where all numbers are smaller. */
  static double relative(double[] a, double[] b, double atLeast) {
    if (a.length != b.length) {
      return Double.POSITIVE_INFINITY;
    }
    double scale = Math.max(atLeast, Math.max(largest(a), largest(b)));
    double error = 0;
    for (int i = 0; i < a.length; i++) {
      if (Double.isNaN(a[i]) || Double.isNaN(b[i])) {
        return Double.POSITIVE_INFINITY;
      }
      error = Math.max(error, a[i] == b[i] ? 0 : Math.abs(a[i] - b[i]) / scale);
    }
    return error;
  }

  /** The largest between two results of one network. */
  public static Difference between(Results a, Results b) {
    if (!a.values().keySet().equals(b.values().keySet())) {
      return new Difference(a.values().keySet() + " and " + b.values().keySet(), 1);
    }
    double gradients =
        a.values().entrySet().stream()
            .filter(e -> e.getKey().startsWith("d "))
            .mapToDouble(e -> largest(e.getValue()))
            .max()
            .orElse(0);
    gradients = Math.max(gradients, LEAST);
    Difference worst = new Difference("nothing", 0);
    for (Map.Entry<String, double[]> e : a.values().entrySet()) {
      double floor = FLOOR * (e.getKey().startsWith("d ") ? gradients : 1);
      double error = relative(e.getValue(), b.values().get(e.getKey()), floor);
      worst = error > worst.error ? new Difference(e.getKey(), error) : worst;
    }
    return worst;
  }

  private static double largest(double[] numbers) {
    double largest = 0;
    for (double number : numbers) {
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }
}
