package dev.peephole.cli;

import dev.peephole.runtime.data.Nearest;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    description = "Prints how nnc or one of its commands is used.",
    footer = {"", "Example:", "  nnc help train"})
final class Help implements Runnable {
  @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "a command; else all of nnc")
  private Optional<String> command;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine nnc = spec.root().commandLine();
    CommandLine wanted = command.map(nnc.getSubcommands()::get).orElse(nnc);
    if (command.isPresent() && wanted == nnc) {
      String hint = Nearest.hint(command.get(), nnc.getSubcommands().keySet());
      throw new ParameterException(
          spec.commandLine(), "there is no command " + command.get() + ": " + hint);
    }
    wanted.usage(wanted.getOut());
  }
}
