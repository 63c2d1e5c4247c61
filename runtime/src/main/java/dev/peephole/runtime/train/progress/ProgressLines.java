package dev.peephole.runtime.train.progress;

import java.io.PrintStream;

/** A plain line an epoch, for files and pipes. */
public final class ProgressLines implements Progress {
  private final PrintStream out;
  private final int epochs;

  public ProgressLines(PrintStream out, int epochs) {
    this.out = out;
    this.epochs = epochs;
  }

  @Override
  public void step(int epoch, int examples, double loss) {}

  @Override
  public void epoch(Epoch epoch) {
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
    line.append("  ").append(Figures.grouped(epoch.rate())).append(" examples/s");
    out.println(line);
  }

  @Override
  public void end() {}
}
