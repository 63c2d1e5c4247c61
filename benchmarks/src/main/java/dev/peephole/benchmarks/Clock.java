package dev.peephole.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What time is measured by. */
enum Clock {
  /** That on the wall. */
  WALL,
  /** What this thread has had of a processor, for a machine that is busy with other things. */
  PROCESSOR;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Nanoseconds since some moment. */
  long now() {
    return this == WALL ? System.nanoTime() : THREADS.getCurrentThreadCpuTime();
  }
}
