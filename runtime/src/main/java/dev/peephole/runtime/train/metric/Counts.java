package dev.peephole.runtime.train.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often which class was taken for which, and what follows for each class against all others.
 */
final class Counts {
  private final boolean label;
  private final double[][] matrix;
  private final double[] truePositives;
  private final double[] falsePositives;
  private final double[] falseNegatives;
  private final double[] asked;

  Counts(Subject subject) {
    label = subject.label();
    int classes = subject.classes();
    int told = label ? classes : 2;
    matrix = new double[told][told];
    truePositives = new double[classes];
    falsePositives = new double[classes];
    falseNegatives = new double[classes];
    asked = new double[label ? 1 : classes];
  }

  void clear() {
    for (double[] row : matrix) {
      Arrays.fill(row, 0);
    }
    for (double[] counts : new double[][] {truePositives, falsePositives, falseNegatives, asked}) {
      Arrays.fill(counts, 0);
    }
  }

  /** Takes the answer to a label into account. */
  void addClass(int truth, int answer, double weight) {
    matrix[truth][answer] += weight;
    asked[0] += weight;
    if (truth == answer) {
      truePositives[truth] += weight;
    } else {
      falseNegatives[truth] += weight;
      falsePositives[answer] += weight;
    }
  }

  /** Takes the answer about class c, yes (1) or no (0), into account. */
  void addYesOrNo(int c, int truth, int answer, double weight) {
    matrix[truth][answer] += weight;
    asked[c] += weight;
    if (truth == 1) {
      (answer == 1 ? truePositives : falseNegatives)[c] += weight;
    } else if (answer == 1) {
      falsePositives[c] += weight;
    }
  }

  /** The answers to each class, row by row; those to no and to yes if there are no labels. */
  double[][] matrix() {
    return matrix;
  }

  /** What is known of one class, or of several together. */
  record OneVsRest(double tp, double fp, double fn, double tn) {

    /** How often the class was right. */
    double occurrences() {
      return tp + fn;
    }

    /** Whether the class occurs or is answered. */
    boolean isThere() {
      return tp + fp + fn > 0;
    }

    double precision() {
      return share(tp, tp + fp);
    }

    double recall() {
      return share(tp, tp + fn);
    }

    double f1() {
      return share(2 * tp, 2 * tp + fp + fn);
    }

    /** 0 where there is nothing to share, unless the class plays no part at all. */
    private double share(double part, double whole) {
      return isThere() ? (whole == 0 ? 0 : part / whole) : Double.NaN;
    }
  }

  /** Each class against all others. */
  OneVsRest[] each() {
    return IntStream.range(0, truePositives.length).mapToObj(this::of).toArray(OneVsRest[]::new);
  }

  private OneVsRest of(int c) {
    double tp = truePositives[c];
    double fp = falsePositives[c];
    double fn = falseNegatives[c];
    return new OneVsRest(tp, fp, fn, asked[label ? 0 : c] - tp - fp - fn);
  }

  /** All classes together. */
  OneVsRest pooled() {
    double tp = 0;
    double fp = 0;
    double fn = 0;
    double tn = 0;
    for (OneVsRest c : each()) {
      tp += c.tp;
      fp += c.fp;
      fn += c.fn;
      tn += c.tn;
    }
    return new OneVsRest(tp, fp, fn, tn);
  }
}
