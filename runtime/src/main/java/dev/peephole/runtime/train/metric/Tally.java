package dev.peephole.runtime.train.metric;

import java.util.Optional;

/** Counts what a metric needs to know of all examples; memory is bounded where nothing is said. */
interface Tally {

  /** Forgets all examples. */
  void clear();

  /**
   * Takes the answers of one example into account.
   *
   * @param from its first place in the batch
   * @param to behind its last one
   * @param weight how much the example counts
   */
  void take(int from, int to, double weight);

  /** One figure, or one for each class. */
  double[] figures();

  /** Which class was taken for which, if that is what it counts for. */
  default Optional<ConfusionTable> table() {
    return Optional.empty();
  }
}
