package dev.peephole.runtime.train;

import dev.peephole.runtime.Tensor;
import java.util.List;

/** Watches the validation loss, and keeps the weights of the epoch in which it was least. */
final class EarlyStopping {
  private final int patience;
  private final List<Tensor> weights;
  private final List<Tensor> best;
  private int bestEpoch;
  private double leastLoss = Double.POSITIVE_INFINITY;

  /**
   * @param patience after how many epochs without a smaller loss to stop
   * @param weights the model's
   */
  EarlyStopping(int patience, List<Tensor> weights) {
    this.patience = patience;
    this.weights = weights;
    this.best = weights.stream().map(Tensor::copy).toList();
  }

  /** Takes an epoch into account; true if its loss is the least so far. */
  boolean improves(int epoch, double validationLoss) {
    if (!(validationLoss < leastLoss)) {
      return false;
    }
    leastLoss = validationLoss;
    bestEpoch = epoch;
    copy(weights, best);
    return true;
  }

  /** Whether patience is at an end. */
  boolean stops(int epoch) {
    return epoch - bestEpoch >= patience;
  }

  /** The epoch with the least loss; 0 before the first. */
  int bestEpoch() {
    return bestEpoch;
  }

  double leastLoss() {
    return leastLoss;
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
  void resume(int epoch, double loss) {
    bestEpoch = epoch;
    leastLoss = loss;
  }

  private static void copy(List<Tensor> from, List<Tensor> to) {
    for (int t = 0; t < from.size(); t++) {
      to.get(t).copyFrom(from.get(t), to.get(t).length());
    }
  }
}
