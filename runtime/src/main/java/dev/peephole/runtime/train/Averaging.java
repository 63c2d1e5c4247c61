package dev.peephole.runtime.train;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.train.plan.WeightAverage;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps an average of the weights that a run goes through, which lies nearer to the middle of a
 * valley than where the last step happens to end.
 */
final class Averaging {
  private final WeightAverage how;
  private final List<Tensor> weights;
  private final List<Tensor> mean;
  private final List<Tensor> aside = new ArrayList<>();
  private long count;

  /**
   * @param weights the model's
   */
  Averaging(WeightAverage how, List<Tensor> weights) {
    this.how = how;
    this.weights = weights;
    this.mean = weights.stream().map(Tensor::copy).toList();
  }

  /** Takes the weights after a step into account. Allocates nothing. */
  void step() {
    if (how.overSteps()) {
      add(count == 0 ? 1 : 1 - how.amount());
    }
  }

  /**
   * Takes the weights after an epoch into account.
   *
   * @param epoch counted from 1
   * @param epochs how many the run has
   */
  void epoch(int epoch, int epochs) {
    if (!how.overSteps() && epoch > how.amount() * epochs) {
      add(1.0 / (count + 1));
    }
  }

  /** Moves the average by a share of the way to the weights. */
  private void add(double share) {
    for (int t = 0; t < weights.size(); t++) {
      if (weights.get(t).array() instanceof float[] now) {
        float[] average = (float[]) mean.get(t).array();
        float part = (float) share;
        for (int i = 0; i < average.length; i++) {
          average[i] += part * (now[i] - average[i]);
        }
      } else {
        double[] now = (double[]) weights.get(t).array();
        double[] average = (double[]) mean.get(t).array();
        for (int i = 0; i < average.length; i++) {
          average[i] += share * (now[i] - average[i]);
        }
      }
    }
    count++;
  }

  /** Whether there is an average yet. */
  boolean begun() {
    return count > 0;
  }

  /** How many weights are in it. */
  long count() {
    return count;
  }

  /** The average. */
  List<Tensor> mean() {
    return mean;
  }

  /** Brings the average into the model; {@link #putBack} undoes that. */
  void bringIn() {
    aside.clear();
    weights.forEach(tensor -> aside.add(tensor.copy()));
    copy(mean, weights);
  }

  /** Brings the weights back that training goes on with. */
  void putBack() {
    copy(aside, weights);
  }

  /** Goes on where a run was left whose average is in {@link #mean} again. */
  void resume(long taken) {
    count = taken;
  }

  private static void copy(List<Tensor> from, List<Tensor> to) {
    for (int t = 0; t < from.size(); t++) {
      to.get(t).copyFrom(from.get(t), to.get(t).length());
    }
  }
}
