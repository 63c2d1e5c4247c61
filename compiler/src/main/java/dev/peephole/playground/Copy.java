package dev.peephole.playground;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import java.util.List;

/**
 * The network of a run in code that keeps every named value, with the weights that the run has now.
 * What is computed with it leaves the run as it is.
 */
final class Copy {
  private final Run run;
  private final Model model;

  /**
   * @param examples for how many there is room
   */
  Copy(Run run, int examples, int steps) {
    this.run = run;
    this.model = run.textbook();
    model.reserve(examples, steps);
  }

  /** The model, with the run's weights of now. */
  Model now() {
    List<Tensor> from = run.model().weights();
    List<Tensor> to = model.weights();
    for (int p = 0; p < to.size(); p++) {
      to.get(p).copyFrom(from.get(p), to.get(p).length());
    }
    return model;
  }

  /** The model, whatever its weights are. */
  Model model() {
    return model;
  }
}
