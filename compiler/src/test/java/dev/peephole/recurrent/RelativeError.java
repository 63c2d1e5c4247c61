package dev.peephole.recurrent;

import dev.peephole.proof.Results;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How far numbers are from those they should be, and the largest that was seen of each kind. */
final class RelativeError {
  private final Map<String, Double> largest = new TreeMap<>();

  /** The greatest difference, relative to the greatest number that there should be. */
  static double of(double[] actual, double[] expected) {
    return of(actual, expected, 0);
  }

  /** The same, where the greatest number counts as {@code atLeast} if it is less. */
  static double of(double[] actual, double[] expected, double atLeast) {
    if (actual.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double difference = 0;
    double scale = atLeast;
    for (int k = 0; k < actual.length; k++) {
      if (!Double.isFinite(actual[k])) {
        return Double.POSITIVE_INFINITY;
      }
      difference = Math.max(difference, Math.abs(actual[k] - expected[k]));
      scale = Math.max(scale, Math.abs(expected[k]));
    }
    return difference == 0 ? 0 : difference / scale;
  }

  /**
   * The greatest over all that a network computes. A gradient is relative to the greatest number of
   * its own, or to a hundredth of the greatest of all gradients: what is smaller may be rounding.
   */
  static double of(Results actual, Results expected) {
    if (!actual.values().keySet().equals(expected.values().keySet())) {
      return Double.POSITIVE_INFINITY;
    }
    double gradients =
        expected.values().entrySet().stream()
            .filter(e -> e.getKey().startsWith("d "))
            .flatMapToDouble(e -> Arrays.stream(e.getValue()))
            .map(Math::abs)
            .max()
            .orElse(0);
    double worst = 0;
    for (Map.Entry<String, double[]> e : expected.values().entrySet()) {
      double least = e.getKey().startsWith("d ") ? gradients / 100 : 0;
      worst = Math.max(worst, of(actual.values().get(e.getKey()), e.getValue(), least));
    }
    return worst;
  }

  /** Remembers an error, and returns it. */
  double note(String kind, double error) {
    largest.merge(kind, error, Math::max);
    return error;
  }

  @Override
  public String toString() {
    return largest.entrySet().stream()
        .map(e -> "%s %.1e".formatted(e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }
}
