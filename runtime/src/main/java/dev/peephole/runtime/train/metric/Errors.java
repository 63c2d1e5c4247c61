package dev.peephole.runtime.train.metric;

import dev.peephole.runtime.data.DataException;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** By how much numbers are missed, on the scale of the data. */
final class Errors {
  private Errors() {}

  /** The mean of an error over all numbers, and what is made of it at the end. */
  static Tally mean(Subject subject, DoubleBinaryOperator error, DoubleUnaryOperator atTheEnd) {
    Tally sums =
        new Shares(
            (from, to) -> {
              double sum = 0;
              for (int i = from; i < to; i++) {
                sum += error.applyAsDouble(subject.answered(i), subject.wanted(i));
              }
              return new Shares.Share(sum, to - from);
            });
    return new Tally() {
      @Override
      public void clear() {
        sums.clear();
      }

      @Override
      public void take(int from, int to, double weight) {
        sums.take(from, to, weight);
      }

      @Override
      public double[] figures() {
        return new double[] {atTheEnd.applyAsDouble(sums.figures()[0])};
      }
    };
  }

  /** The error as a share of what is right. */
  static double relative(Subject subject, double answer, double wanted) {
    if (wanted == 0) {
      String name = subject.target().name();
      throw DataException.of(
          "the mape of " + name + " divides by " + name + ", and there is a 0", "take mae or rmse");
    }
    return Math.abs((answer - wanted) / wanted);
  }

  /**
   * The share of the variance that is explained, the mean over the numbers of an example (or of a
   * step) that have one. Means and squares go along with the examples (West, 1979).
   */
  static final class Explained implements Tally {
    private final Subject subject;
    private final double[] all;
    private final double[] mean;
    private final double[] squares;
    private final double[] missed;

    Explained(Subject subject) {
      this.subject = subject;
      int width = subject.answers().width();
      all = new double[width];
      mean = new double[width];
      squares = new double[width];
      missed = new double[width];
    }

    @Override
    public void clear() {
      for (double[] sums : new double[][] {all, mean, squares, missed}) {
        Arrays.fill(sums, 0);
      }
    }

    @Override
    public void take(int from, int to, double weight) {
      if (weight == 0) {
        return;
      }
      for (int i = from; i < to; i++) {
        int k = i % mean.length;
        double wanted = subject.wanted(i);
        double gap = subject.answered(i) - wanted;
        double before = wanted - mean[k];
        all[k] += weight;
        mean[k] += weight / all[k] * before;
        squares[k] += weight * before * (wanted - mean[k]);
        missed[k] += weight * gap * gap;
      }
    }

    @Override
    public double[] figures() {
      double sum = 0;
      int varying = 0;
      for (int k = 0; k < mean.length; k++) {
        if (squares[k] > 0) {
          sum += 1 - missed[k] / squares[k];
          varying++;
        }
      }
      return new double[] {sum / varying};
    }
  }
}
