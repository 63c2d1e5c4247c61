package dev.peephole.runtime.train.metric;

/** How probable the right answers were to the network. */
final class Surprise implements Tally {
  private final Subject subject;
  private final Asked asked;
  private double logarithms;
  private double all;

  Surprise(Subject subject, Asked asked) {
    this.subject = subject;
    this.asked = asked;
  }

  @Override
  public void clear() {
    logarithms = 0;
    all = 0;
  }

  @Override
  public void take(int from, int to, double weight) {
    for (int i = from; i < to; i++) {
      double p = subject.probability(i, subject.truth(i, asked.name()), asked.name());
      logarithms += weight * Math.log(Math.max(p, Float.MIN_NORMAL));
      all += weight;
    }
  }

  @Override
  public double[] figures() {
    return new double[] {Math.exp(-logarithms / all)};
  }
}
