package dev.peephole.runtime.train.report.record;

import dev.peephole.runtime.Insight;
import java.util.Arrays;
import java.util.Optional;

/**
 * How the numbers of a value are distributed over a sample of examples, and where its units stand:
 * a unit is stuck if nearly all of its numbers are where the function that gives them is flat.
 *
 * @param sorted all numbers, ascending; never empty
 * @param means of each unit
 * @param low for each unit the share of its numbers at the lower end; nothing if none is known
 * @param high the same for the upper end
 */
record Distribution(double[] sorted, double[] means, double[] low, double[] high) {
  /**
   * How near an end of its range, as a part of that, a number counts as at it: there the slope of
   * tanh and of the sigmoid is a twentieth of the steepest.
   */
  static final double NEAR = 0.0127;

  /** From this share of its numbers on a unit is stuck. */
  static final double STUCK = 0.95;

  /**
   * Of numbers.
   *
   * @param lengths how many time steps each example has; empty if all have as many
   * @param flat where the function is flat, if that is known
   */
  static Distribution of(Numbers numbers, Axes axes, int[] lengths, Optional<Insight.Flat> flat) {
    int units = axes.units();
    double[] all = new double[axes.size()];
    double[] means = new double[units];
    double[] low = new double[units];
    double[] high = new double[units];
    int[] counts = new int[units];
    int count = 0;
    for (int i = 0; i < axes.size(); i++) {
      if (lengths.length == 0 || axes.step(i) < lengths[axes.example(i)]) {
        double value = numbers.at(i);
        int unit = axes.unit(i);
        all[count++] = value;
        counts[unit]++;
        means[unit] += value;
        low[unit] += flat.isPresent() && atLowerEnd(value, flat.get()) ? 1 : 0;
        high[unit] += flat.isPresent() && atUpperEnd(value, flat.get()) ? 1 : 0;
      }
    }
    for (int u = 0; u < units; u++) {
      means[u] /= counts[u];
      low[u] /= counts[u];
      high[u] /= counts[u];
    }
    double[] sorted = Arrays.copyOf(all, count);
    Arrays.sort(sorted);
    return new Distribution(sorted, means, low, high);
  }

  /** The numbers of a value by their places. */
  interface Numbers {
    double at(int i);
  }

  private static boolean atLowerEnd(double value, Insight.Flat flat) {
    return Double.isInfinite(flat.high())
        ? value <= flat.low()
        : value < flat.low() + NEAR * (flat.high() - flat.low());
  }

  private static boolean atUpperEnd(double value, Insight.Flat flat) {
    return value > flat.high() - NEAR * (flat.high() - flat.low());
  }

  /** The number that so large a share of all is not above. */
  double quantile(double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
  }

  /** The mean of all. */
  double mean() {
    return Arrays.stream(sorted).average().orElseThrow();
  }

  /** How many units are stuck at an end, or between both. */
  int stuck() {
    int stuck = 0;
    for (int u = 0; u < low.length; u++) {
      stuck += low[u] + high[u] >= STUCK ? 1 : 0;
    }
    return stuck;
  }

  /** The share of all units' numbers at the lower end. */
  double lowShare() {
    return Arrays.stream(low).average().orElse(0);
  }

  /** The same at the upper end. */
  double highShare() {
    return Arrays.stream(high).average().orElse(0);
  }

  /** Which shares of the numbers are in equally wide stretches from one number to another. */
  double[] histogram(double from, double to, int stretches) {
    double[] shares = new double[stretches];
    for (double v : sorted) {
      int k = (int) ((v - from) / (to - from) * stretches);
      shares[Math.max(0, Math.min(stretches - 1, k))] += 1.0 / sorted.length;
    }
    return shares;
  }
}
