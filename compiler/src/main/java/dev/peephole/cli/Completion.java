package dev.peephole.cli;

import dev.peephole.runtime.train.progress.Console;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    description = "Prints a script that lets bash and zsh complete commands, options and files.",
    footer = {"", "Example:", "  source <(nnc completion)"})
final class Completion implements Runnable {
  private final Console console;

  @Spec private CommandSpec spec;

  Completion(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    console.out().print(AutoComplete.bash("nnc", spec.root().commandLine()));
    console.out().flush();
  }
}
