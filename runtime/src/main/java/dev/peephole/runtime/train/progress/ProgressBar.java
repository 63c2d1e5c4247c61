package dev.peephole.runtime.train.progress;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * Two lines on a terminal, drawn over and over: how far the run is, and how far the epoch. What is
 * longer than the terminal is wide is cut off there. Between two drawings it allocates nothing.
 */
public final class ProgressBar implements Progress {
  private static final long PAUSE_NANOS = 100_000_000;
  private static final int CELLS = 24;

  // What a terminal understands besides text, by ECMA-48 and DEC.
  private static final String UP = "\033[1A";
  private static final String ERASE = "\033[2K";
  private static final String CUT_OFF = "\033[?7l";
  private static final String WRAP = "\033[?7h";

  private final PrintStream out;
  private final LongSupplier nanos;
  private final int epochs;
  private final int examples;
  private final int batch;
  private final long start;
  private double before = -1;
  private long drawn;
  private boolean visible;
  private String validation = "";

  /**
   * @param examples those of the training part
   */
  public ProgressBar(PrintStream out, int epochs, int examples, int batch) {
    this(out, epochs, examples, batch, System::nanoTime);
  }

  /** The same by another clock. */
  ProgressBar(PrintStream out, int epochs, int examples, int batch, LongSupplier nanos) {
    this.out = out;
    this.epochs = epochs;
    this.examples = examples;
    this.batch = batch;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.drawn = start;
  }

  @Override
  public void step(int epoch, int done, double loss) {
    if (before < 0) {
      before = reached(epoch, Math.max(0, done - batch)); // where a resumed run begins
    }
    long now = nanos.getAsLong();
    if (now - drawn >= PAUSE_NANOS) {
      drawn = now;
      draw(epoch, done, loss, (now - start) / 1e9);
    }
  }

  private double reached(int epoch, int done) {
    return (double) (epoch - 1) * examples + done;
  }

  private void draw(int epoch, int done, double loss, double seconds) {
    double total = (double) epochs * examples;
    double reached = reached(epoch, done);
    double rate = (reached - before) / seconds;
    String run =
        "run   %s epoch %s/%s  %s, %s left  %s examples/s"
            .formatted(
                bar(reached / total),
                epoch,
                epochs,
                Figures.duration(seconds),
                Figures.duration((total - reached) / rate),
                Figures.grouped(rate));
    String steps =
        "epoch %s step %s/%s  loss %s%s"
            .formatted(
                bar((double) done / examples),
                (done + batch - 1) / batch,
                (examples + batch - 1) / batch,
                Figures.significant(loss),
                validation);
    String again = visible ? UP + "\r" : "";
    out.print(again + CUT_OFF + ERASE + run + "\n" + ERASE + steps + "\r" + WRAP);
    out.flush();
    visible = true;
  }

  private static String bar(double share) {
    int cells = (int) (CELLS * Math.min(1, share));
    return "[" + "=".repeat(cells) + " ".repeat(CELLS - cells) + "]";
  }

  @Override
  public void epoch(Epoch epoch) {
    validation =
        epoch
            .validation()
            .map(measured -> "  validation loss " + Figures.significant(measured.loss()))
            .orElse("");
  }

  @Override
  public void end() {
    if (visible) {
      out.print(ERASE + UP + ERASE + "\r");
      out.flush();
      visible = false;
    }
  }
}
