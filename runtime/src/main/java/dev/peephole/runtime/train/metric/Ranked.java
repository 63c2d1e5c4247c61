package dev.peephole.runtime.train.metric;

import java.util.Arrays;

/**
 * Answers in the order of how sure the network is of them; kept until they are asked for, 9 bytes
 * each.
 */
final class Ranked {
  private float[] scores = new float[64];
  private float[] weights = new float[64];
  private boolean[] right = new boolean[64];
  private int size;

  void clear() {
    size = 0;
  }

  /**
   * Takes an answer into account.
   *
   * @param score how much the network is for yes
   * @param yes whether that is right
   */
  void add(double score, boolean yes, double weight) {
    if (size == scores.length) {
      int more = Math.addExact(size, size);
      scores = Arrays.copyOf(scores, more);
      weights = Arrays.copyOf(weights, more);
      right = Arrays.copyOf(right, more);
    }
    scores[size] = (float) score + 0f; // no -0, which would be less than 0
    weights[size] = (float) weight;
    right[size++] = yes;
  }

  /** How often yes is right. */
  double positives() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += right[i] ? weights[i] : 0;
    }
    return sum;
  }

  /**
   * The area under the curve of the true over the false positive rate: how likely a yes is ranked
   * above a no, a tie counting half (Hanley &amp; McNeil, 1982); NaN without either.
   */
  double area() {
    double[] sums = new double[3]; // yes above, no above, area
    through(
        (yes, no) -> {
          sums[2] += no * (sums[0] + yes / 2);
          sums[0] += yes;
          sums[1] += no;
        });
    return sums[2] / (sums[0] * sums[1]);
  }

  /** The sum over thresholds of precision times the gain in recall; NaN without a yes. */
  double averagePrecision() {
    double[] sums = new double[3];
    through(
        (yes, no) -> {
          sums[0] += yes;
          sums[1] += no;
          sums[2] += yes == 0 ? 0 : yes * sums[0] / (sums[0] + sums[1]);
        });
    return sums[2] / sums[0];
  }

  /** What is done with the answers of one score. */
  private interface Step {
    void take(double yes, double no);
  }

  /** From the highest score down, those that are alike together. */
  private void through(Step step) {
    long[] order = new long[size];
    for (int i = 0; i < size; i++) {
      int bits = Float.floatToIntBits(scores[i]);
      int ascending = bits ^ (bits >> 31 & Integer.MAX_VALUE); // in the order of the scores
      order[i] = (long) ascending << 32 | i;
    }
    Arrays.sort(order);
    for (int k = size - 1; k >= 0; ) {
      double yes = 0;
      double no = 0;
      float score = scores[(int) order[k]];
      for (; k >= 0 && Float.compare(scores[(int) order[k]], score) == 0; k--) {
        int i = (int) order[k];
        yes += right[i] ? weights[i] : 0;
        no += right[i] ? 0 : weights[i];
      }
      step.take(yes, no);
    }
  }
}
