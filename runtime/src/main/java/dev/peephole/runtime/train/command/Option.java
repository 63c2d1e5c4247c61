package dev.peephole.runtime.train.command;

import dev.peephole.runtime.data.Nearest;
import java.util.Arrays;
import java.util.Locale;

/** An option of a trainer's command line. */
enum Option {
  BATCH("N", "examples a step"),
  EPOCHS("N", "how often the training part is gone through"),
  SEED("N", "what everything random is drawn from"),
  DATA("DIR", "where to look for the data"),
  OUT("DIR", "the run folder, instead of the next free runs/NETWORK-1, -2, ..."),
  RESUME("RUN", "the folder of a run to go on with"),
  DEVICE("NAME", "what computes: cpu, or opencl, opencl:1, ... if it was compiled for that"),
  THREADS("N", "how many threads train, each a part of every batch; 1 if it is not said"),
  JSON("", "events on standard output, one JSON object a line"),
  QUIET("", "no progress"),
  TENSORBOARD("", "files for TensorBoard in the run folder"),
  HELP("", "this text");

  private final String takes;
  private final String says;

  Option(String takes, String says) {
    this.takes = takes;
    this.says = says;
  }

  /**
   * The option that is written as {@code --name}, {@code -o} or {@code -h}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Option of(String written) {
    String full = written.equals("-o") ? "--out" : written.equals("-h") ? "--help" : written;
    return Arrays.stream(values())
        .filter(option -> option.toString().equals(full))
        .findFirst()
        .orElseThrow(() -> unknown(written));
  }

  private static IllegalArgumentException unknown(String written) {
    String hint = Nearest.hint(written, Arrays.stream(values()).map(Option::toString).toList());
    return new IllegalArgumentException("there is no option " + written + ": " + hint);
  }

  /** Whether something follows it. */
  boolean takesValue() {
    return !takes.isEmpty();
  }

  /** A line of the help. */
  String help() {
    String form = this == OUT ? "-o, " + this : this == HELP ? "-h, " + this : "    " + this;
    return "  %-18s %s".formatted(form + (takes.isEmpty() ? "" : " " + takes), says);
  }

  @Override
  public String toString() {
    return "--" + name().toLowerCase(Locale.ROOT);
  }
}
