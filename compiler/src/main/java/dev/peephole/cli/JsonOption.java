package dev.peephole.cli;

import picocli.CommandLine.Option;

/** Whether results are events for programs. */
final class JsonOption {
  @Option(
      names = "--json",
      description = "results and errors on standard output, one JSON object a line")
  private boolean json;

  boolean asked() {
    return json;
  }

  /** A command that has this option. */
  interface Taker {
    boolean json();
  }
}
