package dev.peephole.runtime.train.metric;

/** A figure over many examples, such as the share of right answers. */
public interface Metric {

  /** What tables and logs call it. */
  String name();

  /** Forgets all examples. */
  void clear();

  /** Takes the first {@code n} examples of the output and target buffers into account. */
  void add(int n);

  /** The figure over all examples since the last {@link #clear}. */
  double value();
}
