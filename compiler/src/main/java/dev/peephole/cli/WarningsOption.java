package dev.peephole.cli;

import picocli.CommandLine.Option;

/** Whether a model with warnings is refused. */
final class WarningsOption {
  @Option(
      names = "--warnings-as-errors",
      description = "refuses models with warnings as it does those with errors")
  private boolean asErrors;

  boolean asErrors() {
    return asErrors;
  }
}
