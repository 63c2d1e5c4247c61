package dev.peephole.runtime.train;

import java.util.concurrent.CountDownLatch;

/**
 * Asks a run to stop: when the process is to end, because of Ctrl-C or a signal that asks for it.
 * The process then waits until the run has saved everything.
 */
final class Interruption implements AutoCloseable {
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::askAndWait, "stop");
  private volatile boolean asked;

  /** That of this process, until it is closed. */
  static Interruption bySignal() {
    Interruption interruption = new Interruption();
    try {
      Runtime.getRuntime().addShutdownHook(interruption.hook);
    } catch (IllegalStateException endsAlready) {
      interruption.ask();
    }
    return interruption;
  }

  private void askAndWait() {
    ask();
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks the run to stop. */
  void ask() {
    asked = true;
  }

  /** Whether the run was asked to stop. */
  boolean asked() {
    return asked;
  }

  /** Says that the run is over. */
  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endsAlready) {
      // and the hook has nothing more to wait for
    }
  }
}
