package dev.peephole.runtime.train.metric;

import java.util.Arrays;

/** Whether the network is right as often as it is sure. */
final class Calibration implements Tally {
  private static final int BINS = 15;

  private final Subject subject;
  private final Asked asked;
  private final double[] sure;
  private final double[] right;
  private double all;

  Calibration(Subject subject, Asked asked) {
    this.subject = subject;
    this.asked = asked;
    int bins = asked.number().orElse(BINS);
    sure = new double[bins];
    right = new double[bins];
  }

  @Override
  public void clear() {
    Arrays.fill(sure, 0);
    Arrays.fill(right, 0);
    all = 0;
  }

  @Override
  public void take(int from, int to, double weight) {
    for (int i = from; i < to; i++) {
      int answer = subject.answers().get(i);
      double p = subject.probability(i, answer, asked.name());
      int bin = (int) Math.min(sure.length - 1, Math.max(0, Math.ceil(p * sure.length) - 1));
      sure[bin] += weight * p;
      right[bin] += answer == subject.truth(i, asked.name()) ? weight : 0;
      all += weight;
    }
  }

  @Override
  public double[] figures() {
    double gaps = 0;
    for (int bin = 0; bin < sure.length; bin++) {
      gaps += Math.abs(right[bin] - sure[bin]);
    }
    return new double[] {gaps / all};
  }
}
