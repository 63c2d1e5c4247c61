package dev.peephole.runtime;

import dev.peephole.runtime.kernel.Mode;
import dev.peephole.runtime.kernel.Moment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A network as the training loop sees it; every class that the compiler generates implements it.
 *
 * <p>The calls of one training step, over the first {@code n} examples of the input buffers, are
 * {@link #loss}, {@link #backward} and {@link #update}, all in the {@link #mode} of that step.
 * Buffers belong to the model: the loop writes the batch into {@link #inputs} and {@link #targets}
 * and reads {@link #outputs}. A {@link Tensor} that one of the lists holds is a view on a buffer as
 * of the last {@link #reserve}.
 */
public interface Model {

  /** The network's name in the model file. */
  String name();

  /** Makes room for batches of up to {@code examples} examples. Call it before anything else. */
  void reserve(int examples);

  /**
   * The same for examples of up to {@code steps} time steps; without open axes these do not matter.
   */
  default void reserve(int examples, int steps) {
    reserve(examples);
  }

  /**
   * How many bytes {@link #reserve} would take, where that is memory of Java; infinite if an array
   * would be longer than Java's can be. Afterwards the buffers have no room.
   */
  default double bytes(int examples, int steps) {
    return 0;
  }

  /**
   * How many time steps each example has, at least 1: a buffer to be written before {@link
   * #predict} and {@link #loss}, as the inputs are. It is empty for a network without {@linkplain
   * Tensor#OPEN open axes}.
   *
   * <p>In a batch of {@code n} examples an open axis is as long as the longest of the first {@code
   * n}, say {@code T}, and the rows of the buffers follow each other at that distance: {@code T}
   * times the numbers in a step. What lies behind an example's own end does not matter: the model
   * writes its last step there, again and again.
   */
  default int[] lengths() {
    return NO_LENGTHS;
  }

  /** The lengths of the examples of a network without open axes. */
  int[] NO_LENGTHS = {};

  /**
   * Which examples go on where the one in the same row of the batch before ended, so that cells
   * begin with the states that it left: a buffer to be written before {@link #predict} and {@link
   * #loss}, as the inputs are; false at first. It is empty for a network whose states are not
   * carried over.
   */
  default boolean[] continues() {
    return NOT_CARRIED;
  }

  /** What {@link #continues} is for a network whose states are not carried over. */
  boolean[] NOT_CARRIED = {};

  /** The states that examples begin with where they continue, one row an example. */
  default List<Tensor> carried() {
    return List.of();
  }

  /**
   * Makes the states that the first {@code n} examples ended with the {@link #carried} ones, and
   * what layers made of theirs their {@link #states}. The computations before may be repeated until
   * then, because they change none of these.
   */
  default void carry(int n) {}

  /** The input buffers, one row an example. */
  List<Tensor> inputs();

  /** The target buffers, one row an example; labels are integers. */
  List<Tensor> targets();

  /** What the network predicts, one row an example. */
  List<Tensor> outputs();

  /**
   * For each output the place of the target that it answers, in whose scale and labels it is; −1 if
   * none. Here the k-th output answers the k-th target.
   */
  default int[] answers() {
    return IntStream.range(0, outputs().size()).map(k -> k < targets().size() ? k : -1).toArray();
  }

  /** The target that the k-th output answers. */
  default Optional<Tensor> answered(int k) {
    return answers()[k] < 0 ? Optional.empty() : Optional.of(targets().get(answers()[k]));
  }

  /** The trained parameters, by the names that the weights file uses, such as {@code dense1.W}. */
  List<Tensor> parameters();

  /**
   * What layers keep from one step of training to the next, by the names that the weights file
   * uses, such as {@code batch_norm1.running_mean}: part of what was learned, and not trained.
   */
  default List<Tensor> states() {
    return List.of();
  }

  /** All that was learned, as the weights file holds it: the parameters, then the states. */
  default List<Tensor> weights() {
    return Stream.of(parameters(), states()).flatMap(List::stream).toList();
  }

  /** The gradient of the batch's mean loss, in the order of {@link #parameters}. */
  List<Tensor> gradients();

  /** What the optimizer remembers, such as {@code dense1.W.m}; zero before the first step. */
  List<Tensor> optimizerStates();

  /**
   * Every value that is in a buffer when {@link #loss} is through, in the order it is computed; it
   * may be lost in {@link #backward}.
   */
  List<Value> values();

  /** What else is known of the values; nothing, unless the model keeps all of them. */
  default Insight insight() {
    return Insight.NONE;
  }

  /**
   * Draws the parameters anew, with them what layers begin with, and forgets the optimizer's
   * states; same seed, same bits.
   */
  void initialize(long seed);

  /** Whether it is trained or evaluated, and the noise of the step; evaluated at first. */
  default Mode mode() {
    return new Mode(); // nothing in this network asks for it
  }

  /**
   * Whether what becomes of an example depends on the others of its batch, as with batch
   * normalisation.
   */
  default boolean acrossBatch() {
    return false;
  }

  /**
   * From here on it joins with others what it computes across the batch, of which each has a share.
   * Loss and gradients are then its part of those of the whole batch, which add up.
   *
   * @return whether it does; there is nothing to join unless it is {@link #acrossBatch}
   */
  default boolean join(Joint.Member member) {
    return !acrossBatch();
  }

  /** Computes the outputs of the first {@code n} examples; needs no targets. */
  void predict(int n);

  /** The mean loss of the first {@code n} examples; keeps what {@link #backward} needs. */
  double loss(int n);

  /**
   * The gradients, once after {@link #loss} of the same {@code n} examples: it may write over what
   * the loss kept.
   */
  void backward(int n);

  /**
   * The step of the optimizer at a moment of training; what layers keep is left to {@link #carry}.
   */
  void update(Moment now);

  /**
   * The same for a share of each parameter's numbers, so that several threads may do it together.
   * If it cannot be divided, the first share is all of it.
   */
  default void update(Moment now, Share share) {
    if (share.number() == 0) {
      update(now);
    }
  }

  /**
   * What the optimizer's options come to at a moment, by their names: those that change while
   * training goes on.
   */
  default Map<String, Double> scheduled(Moment now) {
    return Map.of();
  }

  /**
   * Brings parameters, gradients, the optimizer's and carried states into their tensors, if they
   * are computed elsewhere; where the tensors are views on the very buffers there is nothing to do.
   */
  default void download() {}

  /** Takes over what was written to the tensors of parameters and of states. */
  default void upload() {}

  /**
   * One value of the forward pass.
   *
   * @param tensor its buffer
   * @param equation the equation that computes it, in the model's names
   * @param origin where the model says so, as {@code file:line}
   * @param axes how its numbers lie for a whole batch, as {@link Insight} says; empty if unknown
   */
  record Value(Tensor tensor, String equation, String origin, int... axes) {}
}
