package dev.peephole.runtime.train.metric;

import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** Figures over many examples, such as the share of right answers: one, or one for each class. */
public interface Metric {

  /** What tables and logs call its figures. */
  List<String> names();

  /** Whether more is better, if one of the two is. */
  boolean increasing();

  /** Forgets all examples. */
  void clear();

  /**
   * Takes the first {@code n} examples of the output and target buffers into account.
   *
   * @param weight how much an example counts
   */
  void add(int n, IntToDoubleFunction weight);

  /** The same where all examples count alike. */
  default void add(int n) {
    add(n, example -> 1);
  }

  /**
   * The figures over all examples since the last {@link #clear}, by their {@link #names}; NaN where
   * one is not defined.
   */
  List<Double> values();

  /** Which class was taken for which, if that is what it measures. */
  default Optional<ConfusionTable> table() {
    return Optional.empty();
  }
}
