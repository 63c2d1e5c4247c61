package dev.peephole.playground;

import dev.peephole.runtime.data.DataException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does work on what somebody typed: in a thread with a deep stack, for a limited time. Work that
 * does not end is left alone, and while there is too much of that nothing new is begun.
 */
final class Limited {
  private static final long STACK_BYTES = 256L << 20;

  private final int seconds;
  private final Semaphore free;

  /**
   * @param seconds how long anybody waits for it
   * @param atOnce how much may be under way
   */
  Limited(int seconds, int atOnce) {
    this.seconds = seconds;
    this.free = new Semaphore(atOnce);
  }

  /**
   * Does something.
   *
   * @throws DataException if it fails, for whatever reason
   */
  <T> T run(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      if (!free.tryAcquire(seconds, TimeUnit.SECONDS)) {
        throw DataException.of("the compiler is busy with models from before", "wait a little");
      }
      Thread thread = new Thread(null, () -> complete(result, work), "playground", STACK_BYTES);
      thread.setDaemon(true);
      thread.start();
      return result.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw DataException.of(
          "the compiler gave up after %s seconds".formatted(seconds),
          "is a number in the model too large?");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DataException.of("the playground is being closed", "");
    } catch (ExecutionException e) {
      throw problem(e.getCause());
    }
  }

  private <T> void complete(CompletableFuture<T> result, Callable<T> work) {
    try {
      result.complete(work.call());
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      result.completeExceptionally(e);
    } finally {
      free.release();
    }
  }

  /** What went wrong, in words. */
  static DataException problem(Throwable failure) {
    if (failure instanceof DataException told) {
      return told;
    } else if (failure instanceof StackOverflowError) {
      return DataException.of("the model is nested too deeply", "");
    } else if (failure instanceof OutOfMemoryError
        || failure instanceof ArithmeticException
        || failure instanceof NegativeArraySizeException) {
      return DataException.of("the model, or its data, is too large", "");
    }
    return DataException.of(
        "internal error: " + failure, "please report it, with the model and what you did");
  }
}
