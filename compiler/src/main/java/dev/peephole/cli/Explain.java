package dev.peephole.cli;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.Network;
import dev.peephole.explain.Page;
import dev.peephole.runtime.file.AtomicFile;
import dev.peephole.runtime.train.progress.Console;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    description = {
      "Writes a page that shows the model, its equations with their gradients, and the",
      "generated code side by side. It is one file, to be opened in a browser.",
      "On standard output it says which."
    },
    footer = {"", "Example:", "  nnc explain fever.nn -o fever.html"})
final class Explain implements Runnable {
  private final Console console;

  @Mixin private ModelOptions model;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "the page to write; else it is called after the network")
  private Optional<Path> out;

  Explain(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Compilation compilation = model.compile(console, false);
    Network network = model.choose(compilation, console);
    Path file = out.orElse(Path.of(network.name() + ".html"));
    AtomicFile.write(file, Page.of(compilation, network));
    console.out().println(file);
  }
}
