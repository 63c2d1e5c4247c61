package dev.peephole.runtime.train.metric;

/** The share of right answers among all, by one of several ways to be right. */
final class Shares implements Tally {

  /** How right one example is. */
  interface Rightness {
    /**
     * Adds up an example.
     *
     * @param from its first place in the batch
     * @param to behind its last one
     * @return the sum over what is asked there, and how much that is; of 0 nothing is asked
     */
    Share of(int from, int to);
  }

  /** A part of a whole. */
  record Share(double part, double whole) {}

  private final Rightness rightness;
  private double part;
  private double whole;

  Shares(Rightness rightness) {
    this.rightness = rightness;
  }

  /** Each answer for itself. */
  static Tally ofAnswers(Subject subject, Asked asked) {
    return new Shares((from, to) -> new Share(right(subject, asked, from, to), to - from));
  }

  /** All answers of an example together. */
  static Tally ofExamples(Subject subject, Asked asked) {
    return new Shares(
        (from, to) -> new Share(right(subject, asked, from, to) == to - from ? 1 : 0, 1));
  }

  private static int right(Subject subject, Asked asked, int from, int to) {
    int right = 0;
    for (int i = from; i < to; i++) {
      right += subject.answers().get(i) == subject.truth(i, asked.name()) ? 1 : 0;
    }
    return right;
  }

  @Override
  public void clear() {
    part = 0;
    whole = 0;
  }

  @Override
  public void take(int from, int to, double weight) {
    Share share = rightness.of(from, to);
    part += weight * share.part;
    whole += weight * share.whole;
  }

  @Override
  public double[] figures() {
    return new double[] {part / whole};
  }
}
