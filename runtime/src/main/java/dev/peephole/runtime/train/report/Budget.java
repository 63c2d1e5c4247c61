package dev.peephole.runtime.train.report;

import java.util.function.LongSupplier;

/**
 * How much time a report may take: a small part of the run's, and half a second on top, so that
 * short runs have all of it and long ones do not notice.
 */
final class Budget {
  private static final double SHARE = 0.02;
  private static final long ON_TOP = 500_000_000;

  private final LongSupplier nanos;
  private final long begun;
  private long spent;

  /** With a clock in nanoseconds. */
  Budget(LongSupplier nanos) {
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /** Whether there is time left. */
  boolean allows() {
    long trained = nanos.getAsLong() - begun - spent;
    return spent <= ON_TOP + SHARE * trained;
  }

  /** Does something that takes time. */
  void spend(Runnable work) {
    long start = nanos.getAsLong();
    work.run();
    spent += nanos.getAsLong() - start;
  }
}
