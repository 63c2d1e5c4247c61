package dev.peephole.runtime.train.progress;

import java.io.PrintStream;

/**
 * One line on a terminal, drawn over and over; never so long that a usual terminal would break it.
 * Between two drawings it allocates nothing.
 */
public final class ProgressBar implements Progress {
  private static final long PAUSE_NANOS = 100_000_000;
  private static final int CELLS = 10;
  private static final int LONGEST = 79;

  private final PrintStream out;
  private final int epochs;
  private final int examples;
  private final int batch;
  private final int firstEpoch;
  private final long start = System.nanoTime();
  private long drawn = start;
  private int width;

  /**
   * @param firstEpoch the epoch that the run begins with, not 1 if it is resumed
   * @param examples those of the training part
   */
  public ProgressBar(PrintStream out, int firstEpoch, int epochs, int examples, int batch) {
    this.out = out;
    this.firstEpoch = firstEpoch;
    this.epochs = epochs;
    this.examples = examples;
    this.batch = batch;
  }

  @Override
  public void step(int epoch, int done, double loss) {
    long now = System.nanoTime();
    if (now - drawn >= PAUSE_NANOS) {
      drawn = now;
      draw(line(epoch, done, loss, (now - start) / 1e9));
    }
  }

  String line(int epoch, int done, double loss, double seconds) {
    double total = (double) epochs * examples;
    double before = (double) (firstEpoch - 1) * examples;
    double reached = (double) (epoch - 1) * examples + done;
    double rate = (reached - before) / seconds;
    int cells = (int) (CELLS * reached / total);
    String line =
        "epoch %s/%s [%s%s] step %s/%s  loss %s  %s left  %s examples/s"
            .formatted(
                epoch,
                epochs,
                "=".repeat(cells),
                " ".repeat(CELLS - cells),
                (done + batch - 1) / batch,
                (examples + batch - 1) / batch,
                Figures.significant(loss),
                Figures.duration((total - reached) / rate),
                Figures.grouped(rate));
    return line.substring(0, Math.min(LONGEST, line.length()));
  }

  private void draw(String line) {
    out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    out.flush();
    width = line.length();
  }

  @Override
  public void epoch(Epoch epoch) {}

  @Override
  public void end() {
    if (width > 0) {
      draw("");
      out.print("\r");
      out.flush();
    }
  }
}
