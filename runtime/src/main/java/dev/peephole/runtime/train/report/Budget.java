package dev.peephole.runtime.train.report;

import java.util.function.LongSupplier;

/**
 * How much time a report may take while a run goes on: a small part of it, and a moment on top, so
 * that short runs have all of it and long ones do not notice. What is done once, at both ends of a
 * run, is counted by itself.
 */
final class Budget {
  private static final double SHARE = 0.01;
  private static final long ON_TOP = 200_000_000;

  private final LongSupplier nanos;
  private long begun;
  private long spent;
  private long once;

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

  /** Does something that takes of that time. */
  void spend(Runnable work) {
    spent += taken(work);
  }

  /** Does something before the run begins or after it ended. */
  void spendOnce(Runnable work) {
    long taken = taken(work);
    once += taken;
    begun += taken;
  }

  private long taken(Runnable work) {
    long start = nanos.getAsLong();
    work.run();
    return nanos.getAsLong() - start;
  }

  /** How many seconds were taken of the run. */
  double seconds() {
    return spent / 1e9;
  }

  /** How many seconds were taken at its ends. */
  double secondsOnce() {
    return once / 1e9;
  }
}
