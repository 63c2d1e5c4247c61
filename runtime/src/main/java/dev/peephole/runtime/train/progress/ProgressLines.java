package dev.peephole.runtime.train.progress;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * Plain lines for files and pipes: after some twenty epochs, evenly spread, the first and the last
 * among them, and in between where nothing was said for a while.
 */
public final class ProgressLines implements Progress {
  private static final int LINES = 20;
  private static final long SILENCE_NANOS = 60_000_000_000L;

  private final PrintStream out;
  private final LongSupplier nanos;
  private final int epochs;
  private final int examples;
  private long said;
  private Epoch unsaid;

  /**
   * @param examples those of the training part
   */
  public ProgressLines(PrintStream out, int epochs, int examples) {
    this(out, epochs, examples, System::nanoTime);
  }

  /** The same by another clock. */
  ProgressLines(PrintStream out, int epochs, int examples, LongSupplier nanos) {
    this.out = out;
    this.epochs = epochs;
    this.examples = examples;
    this.nanos = nanos;
    this.said = nanos.getAsLong();
  }

  @Override
  public void step(int epoch, int done, double loss) {
    if (done < examples && silent()) {
      long share = 100L * done / examples;
      say("epoch %s/%s, %s %%  loss %s".formatted(epoch, epochs, share, Figures.significant(loss)));
    }
  }

  @Override
  public void epoch(Epoch epoch) {
    int stride = (epochs + LINES - 1) / LINES;
    boolean due = epoch.number() % stride == 0 || epoch.number() == 1;
    unsaid = epoch;
    if (due || epoch.number() == epochs || silent()) {
      end();
    }
  }

  private boolean silent() {
    return nanos.getAsLong() - said >= SILENCE_NANOS;
  }

  private void say(String line) {
    out.println(line);
    said = nanos.getAsLong();
  }

  private String line(Epoch epoch) {
    StringBuilder line = new StringBuilder();
    line.append("epoch ").append(epoch.number()).append('/').append(epochs);
    line.append("  loss ").append(Figures.significant(epoch.loss()));
    epoch
        .validation()
        .ifPresent(
            measured -> {
              line.append("  validation loss ").append(Figures.significant(measured.loss()));
              measured
                  .metrics()
                  .forEach(
                      (n, v) ->
                          line.append("  ").append(n).append(' ').append(Figures.significant(v)));
            });
    return line.append("  ").append(Figures.grouped(epoch.rate())).append(" examples/s").toString();
  }

  /** Says what there is to say of the last epoch, if that was not one of those. */
  @Override
  public void end() {
    if (unsaid != null) {
      say(line(unsaid));
      unsaid = null;
    }
  }
}
