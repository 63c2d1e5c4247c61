package dev.peephole.playground;

import dev.peephole.explain.Html;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.train.divergence.DivergenceException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Plays a run for a page: takes steps in a thread of its own, and shows after some of them what is
 * seen. All that has to do with the run is done in that thread, between two steps.
 */
final class Player implements AutoCloseable {
  /** Pictures follow each other no faster. */
  private static final long FRAME = 80_000_000;

  /** Nobody waits longer for a picture, however many steps were asked for. */
  private static final long LONGEST_FRAME = 250_000_000;

  /** How long a run is kept whose page is gone. */
  private static final long ABANDONED = 60_000_000_000L;

  private final Run run;
  private final Look look;
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Thread thread;
  private boolean playing;
  private long until;
  private int stepsPerPicture = 1;
  private Optional<Problem> problem = Optional.empty();

  private volatile boolean closed;
  private volatile State state = new State(0, 0, "");
  private int streams;
  private long left = System.nanoTime();

  /**
   * What a page is shown.
   *
   * @param number counts the states, from 1
   * @param steps how many steps were taken
   */
  record State(long number, long steps, String json) {}

  Player(Run run, Look look) {
    this.run = run;
    this.look = look;
    show(true);
    thread = new Thread(this::play, "playground run");
    thread.setDaemon(true);
    thread.start();
  }

  private void play() {
    try {
      while (!closed && !abandoned()) {
        Runnable task = playing ? tasks.poll() : tasks.poll(1, TimeUnit.SECONDS);
        if (task != null) {
          task.run();
        } else if (playing) {
          frame();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private void frame() throws InterruptedException {
    long start = System.nanoTime();
    try {
      boolean hurry = until < Long.MAX_VALUE;
      for (int i = 0; (hurry || i < stepsPerPicture) && playing && tasks.isEmpty(); i++) {
        run.step();
        playing = run.steps().done() < until;
        if (System.nanoTime() - start > LONGEST_FRAME) {
          break;
        }
      }
    } catch (DivergenceException e) {
      stop(Problem.of(e));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      stop(Problem.of(Limited.problem(e)));
    }
    show(!playing);
    Runnable task =
        playing ? tasks.poll(start + FRAME - System.nanoTime(), TimeUnit.NANOSECONDS) : null;
    if (task != null) {
      task.run();
    }
  }

  private void stop(Problem why) {
    playing = false;
    problem = Optional.of(why);
  }

  private void show(boolean thorough) {
    String seen = Html.json(look.now(thorough));
    String json =
        "{\"playing\":%s,\"problems\":%s,\"seen\":%s}"
            .formatted(playing, Problem.array(problem.stream().toList()), seen);
    synchronized (this) {
      state = new State(state.number + 1, run.steps().done(), json);
      notifyAll();
    }
  }

  /**
   * Does something between two steps.
   *
   * @throws DataException if it cannot be done
   */
  <T> T ask(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    tasks.add(task);
    try {
      return task.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw Limited.problem(e.getCause());
    } catch (TimeoutException e) {
      throw DataException.of("a step takes longer than this can wait for", "pause, and try again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DataException.of("the playground is being closed", "");
    }
  }

  private void tell(Runnable what) {
    tasks.add(
        () -> {
          what.run();
          if (!playing) {
            show(true);
          }
        });
  }

  /** Goes on until it is paused. */
  void start() {
    tell(() -> go(Long.MAX_VALUE));
  }

  /** Takes some steps. */
  void take(long steps) {
    tell(() -> go(run.steps().done() + steps));
  }

  /** Goes to where so many steps were taken, from the beginning if that is behind. */
  void goTo(long step) {
    tell(
        () -> {
          if (step < run.steps().done()) {
            run.reset();
          }
          go(step);
        });
  }

  private void go(long newUntil) {
    problem = Optional.empty();
    until = newUntil;
    playing = run.steps().done() < until;
  }

  void pause() {
    tell(() -> playing = false);
  }

  /** Goes back to the first parameters. */
  void reset() {
    tell(
        () -> {
          playing = false;
          problem = Optional.empty();
          run.reset();
        });
  }

  /** How many steps are taken from one picture to the next. */
  void pace(int steps) {
    tell(() -> stepsPerPicture = Math.max(1, steps));
  }

  Run run() {
    return run;
  }

  Look look() {
    return look;
  }

  /** What is shown now. */
  State state() {
    return state;
  }

  /** Waits for the next state, or for a while. */
  synchronized State after(long number, long milliseconds) throws InterruptedException {
    if (state.number == number && !closed) {
      wait(milliseconds);
    }
    return state;
  }

  /** A page looks at the run. */
  synchronized void watched() {
    streams++;
  }

  /** A page does not look any more; if none is left, training pauses. */
  synchronized void left() {
    streams--;
    left = System.nanoTime();
    if (streams == 0) {
      pause();
    }
  }

  private synchronized boolean abandoned() {
    return streams == 0 && System.nanoTime() - left > ABANDONED;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
