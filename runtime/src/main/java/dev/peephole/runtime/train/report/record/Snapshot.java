package dev.peephole.runtime.train.report.record;

import dev.peephole.runtime.Insight;
import java.util.List;
import java.util.Optional;

/**
 * What a network looks like inside at one moment of its training, over a few examples.
 *
 * @param parameters the norms of all of them
 * @param activations how values are distributed
 * @param backflows how gradients come back through time
 * @param activities what the values of recurrences are over time, in the first example
 */
record Snapshot(
    List<Norms> parameters,
    List<Activation> activations,
    List<Backflow> backflows,
    List<Activity> activities) {

  /** The Euclidean norms of a parameter and of its gradient. */
  record Norms(String parameter, double weights, double gradient) {}

  /**
   * A value of the forward pass.
   *
   * @param flat where its function is flat, if that is known and it is not an output
   */
  record Activation(String value, Optional<Insight.Flat> flat, Distribution distribution) {}

  /**
   * The gradient of one example's loss by a state before each time step: its norm, as the root mean
   * square over the examples that come to that step.
   */
  record Backflow(String state, double[] norms) {}

  /** The numbers of a value by unit and time step. */
  record Activity(String value, Optional<Insight.Flat> flat, double[][] numbers) {}
}
