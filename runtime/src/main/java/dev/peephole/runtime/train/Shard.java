package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.Examples;
import dev.peephole.runtime.kernel.Mode;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A part of each batch and the thread that computes its gradients, in a model of its own.
 *
 * <p>A step is asked for by one other thread, which then waits for it. Both wait awake for a moment
 * and asleep after that; nothing is allocated.
 */
final class Shard implements Runnable {
  /** So often a waiting thread looks before it goes to sleep: some ten microseconds. */
  private static final int LOOKS = 2000;

  private final int number;
  private final Mode common;
  private final Model model;
  private final Mode mode;
  private final Feed feed;
  private final List<Tensor> parameters;
  private final Object[] from;
  private final Object[] to;
  private final Object[] gradients;
  private final Thread thread;
  private Thread waiting;
  private Batches batches;
  private int batch;
  private int first;
  private int end;
  private double loss;
  private Throwable failure;
  private volatile long asked;
  private volatile long done;
  private volatile boolean over;

  /**
   * @param number counted from 1; shard 0 is computed by whoever asks
   * @param whole the model whose parameters it takes before each step
   * @param model its own, with room for its examples
   */
  Shard(int number, Model whole, Model model, Examples examples) {
    this.number = number;
    this.common = whole.mode();
    this.model = model;
    this.mode = model.mode();
    this.parameters = model.parameters();
    this.feed = new Feed(examples, model, TrainingData.tensors(model));
    this.from = arrays(whole.parameters());
    this.to = arrays(model.parameters());
    this.gradients = arrays(model.gradients());
    this.thread = new Thread(this, "shard " + number);
    thread.setDaemon(true);
    thread.start();
  }

  private static Object[] arrays(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::array).toArray();
  }

  /** Begins with the gradients of the examples {@code first .. end} of a batch. */
  void begin(Batches newBatches, int newBatch, int newFirst, int newEnd) {
    batches = newBatches;
    batch = newBatch;
    first = newFirst;
    end = newEnd;
    waiting = Thread.currentThread();
    asked++;
    LockSupport.unpark(thread);
  }

  /** Waits for it. Returns the mean loss of the shard's examples. */
  double join() {
    for (int looks = 0; done != asked; looks++) {
      rest(looks);
    }
    if (failure != null) {
      throw new IllegalStateException("shard " + number + " failed", failure);
    }
    return loss;
  }

  /** The gradients of the mean loss of its examples, in the order of the parameters. */
  Object[] gradients() {
    return gradients;
  }

  /** Ends its thread. */
  void close() {
    over = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    long seen = 0;
    while (true) {
      for (int looks = 0; asked == seen; looks++) {
        if (over) {
          return;
        }
        rest(looks);
      }
      seen++;
      try {
        compute();
      } catch (Throwable e) {
        failure = e; // told to the thread that waits
      }
      done = seen;
      LockSupport.unpark(waiting);
    }
  }

  private void rest(int looks) {
    if (looks < LOOKS) {
      Thread.onSpinWait();
    } else {
      LockSupport.park(this);
    }
  }

  private void compute() {
    for (int k = 0; k < to.length; k++) {
      System.arraycopy(from[k], 0, to[k], 0, parameters.get(k).length());
    }
    feed.fill(batches, batch, first, end);
    mode.copyFrom(common, number);
    loss = model.loss(end - first);
    model.backward(end - first);
  }
}
