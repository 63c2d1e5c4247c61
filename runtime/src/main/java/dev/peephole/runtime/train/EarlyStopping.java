package dev.peephole.runtime.train;

import dev.peephole.runtime.Tensor;
import java.util.List;

/** Watches the validation loss or a metric, and keeps the weights of the best epoch. */
final class EarlyStopping {
  private final int patience;
  private final List<Tensor> weights;
  private final List<Tensor> best;
  private final boolean more;
  private final double by;
  private int bestEpoch;
  private double figure;

  /**
   * @param patience after how many epochs without a better figure to stop
   * @param more whether more is better
   * @param by how much better it must be
   * @param weights the model's
   */
  EarlyStopping(int patience, boolean more, double by, List<Tensor> weights) {
    this.more = more;
    this.by = by;
    this.figure = more ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    this.patience = patience;
    this.weights = weights;
    this.best = weights.stream().map(Tensor::copy).toList();
  }

  /** Takes an epoch into account; true if its figure is the best so far. */
  boolean improves(int epoch, double now) {
    if (!(more ? now > figure + by : now < figure - by)) {
      return false;
    }
    figure = now;
    bestEpoch = epoch;
    copy(weights, best);
    return true;
  }

  /** Whether patience is at an end. */
  boolean stops(int epoch) {
    return epoch - bestEpoch >= patience;
  }

  /** The best epoch; 0 before the first. */
  int bestEpoch() {
    return bestEpoch;
  }

  double figure() {
    return figure;
  }

  /** The weights after the best epoch. */
  List<Tensor> best() {
    return best;
  }

  /** Brings the best weights back into the model. */
  void restore() {
    copy(best, weights);
  }

  /** Goes on where a run was left whose best weights are in {@link #best} again. */
  void resume(int epoch, double bestFigure) {
    bestEpoch = epoch;
    figure = bestFigure;
  }

  private static void copy(List<Tensor> from, List<Tensor> to) {
    for (int t = 0; t < from.size(); t++) {
      to.get(t).copyFrom(from.get(t), to.get(t).length());
    }
  }
}
