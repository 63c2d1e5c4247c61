package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.Examples;

/** One step of gradient descent on a batch. Allocates nothing, unless the model does. */
final class TrainingStep {
  private final Model model;
  private final Feed feed;
  private final Clip clip;

  /** For a model that has room for the batches to come. */
  TrainingStep(Model model, Examples examples, Clip clip) {
    this.model = model;
    this.feed = new Feed(examples, model, TrainingData.tensors(model));
    this.clip = clip;
  }

  /**
   * Updates the parameters once, unless the loss is not finite.
   *
   * @param rows the order of the examples
   * @param from where in that order the batch begins
   * @param n how many examples it has
   * @param step counted from 1 over the whole run
   * @return the mean loss of the batch before the update
   */
  double run(int[] rows, int from, int n, long step) {
    feed.fill(rows, from, n);
    double loss = model.loss(n);
    if (Double.isFinite(loss)) {
      model.backward(n);
      clip.apply();
      model.update(step);
    }
    return loss;
  }
}
