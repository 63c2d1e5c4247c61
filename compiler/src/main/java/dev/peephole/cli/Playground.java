package dev.peephole.cli;

import dev.peephole.playground.Given;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.train.progress.Console;
import java.awt.Desktop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    description = {
      "Serves a page on which one changes a model and watches it learn, for this machine alone.",
      "The model begins as FILE says, if one is given. It may use the data that FILE names, the",
      "files of --add and what the page adds; no other file is read.",
      "On standard output it says where the page is. Ctrl+C ends it."
    },
    footer = {
      "",
      "Examples:",
      "  nnc playground",
      "  nnc playground samples/fever/fever.nn --port 8080",
      "  nnc playground --add measured.csv --open"
    })
final class Playground implements Runnable {
  private static final int MOST_PORT = 65535;

  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "the model file to begin with; else an example")
  private Optional<Path> file;

  @Mixin private DataOption data;

  @Option(
      names = "--add",
      paramLabel = "FILE",
      description = "a further file of data that models may name")
  private List<Path> added = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "the port to serve it at; else 7313, or a free one if that is taken")
  private Optional<Integer> port;

  @Option(names = "--open", description = "opens the page in the browser")
  private boolean open;

  Playground(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Given given = file.map(f -> Given.read(f, data.of(f))).orElseGet(Given::nothing);
    for (Path each : added) {
      given = given.with(each);
    }
    try (var server = start(given)) {
      console.print(server.address().toString());
      if (open) {
        show(server);
      }
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private dev.peephole.playground.Playground start(Given given) {
    if (port.filter(p -> p < 0 || p > MOST_PORT).isPresent()) {
      throw DataException.of("there is no port " + port.get(), "ports are 1 to " + MOST_PORT);
    }
    return port.isPresent()
        ? dev.peephole.playground.Playground.start(given, port.get())
        : dev.peephole.playground.Playground.start(given);
  }

  private void show(dev.peephole.playground.Playground server) {
    try {
      Desktop.getDesktop().browse(server.address());
    } catch (IOException | UnsupportedOperationException e) {
      throw DataException.of("no browser can be opened here", "open " + server.address());
    }
  }
}
