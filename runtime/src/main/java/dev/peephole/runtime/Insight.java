package dev.peephole.runtime;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a model's values besides their numbers, for whoever looks into a network.
 *
 * <p>Axes are those of a whole batch, outermost first, the order in which the numbers lie: {@link
 * #BATCH} stands for the number of examples, {@link Tensor#OPEN} for that of time steps.
 *
 * @param gradients what the backward pass leaves besides the gradients of parameters
 * @param flat the values of functions that are flat somewhere
 * @param states what recurrences hand on
 */
public record Insight(List<Gradient> gradients, List<Flat> flat, List<State> states) {
  /** The axis of examples. */
  public static final int BATCH = -2;

  /** Nothing is known. */
  public static final Insight NONE = new Insight(List.of(), List.of(), List.of());

  public Insight {
    gradients = List.copyOf(gradients);
    flat = List.copyOf(flat);
    states = List.copyOf(states);
  }

  /**
   * The derivative of the batch's mean loss by a value, along all ways.
   *
   * @param of the value's name
   * @param axes how the numbers lie
   */
  public record Gradient(String of, Tensor tensor, int... axes) {}

  /**
   * A value of a function whose derivative is 0, or nearly so, at the ends of what it gives.
   *
   * @param high infinite if it is flat at the lower end alone
   */
  public record Flat(String value, double low, double high) {}

  /**
   * A state of a recurrence.
   *
   * @param after the value that it is after each time step
   * @param before the value that it is before
   */
  public record State(String after, String before) {}

  /** Where the function of a value is flat, if that is known. */
  public Optional<Flat> flat(String value) {
    return flat.stream().filter(f -> f.value().equals(value)).findFirst();
  }
}
