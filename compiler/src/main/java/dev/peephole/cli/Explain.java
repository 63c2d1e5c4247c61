package dev.peephole.cli;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.FirstStep;
import dev.peephole.driver.Network;
import dev.peephole.driver.Resized;
import dev.peephole.explain.Page;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.AtomicFile;
import dev.peephole.runtime.train.progress.Console;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    description = {
      "Writes a page that shows the model, its equations with their gradients, and the",
      "generated code side by side, with the numbers of one example: the first of the",
      "training part if the data is there, else one that is made up.",
      "With --diff, a page of two models instead: the equations, gradients and lines of",
      "code that differ, side by side.",
      "With --run and --step, the numbers are those of a step of a training run, to the bit:",
      "the steps before it are taken once more.",
      "With --small, shapes and numbers are those of a network with other constants, which is",
      "easier to read; the code stays that of the model.",
      "It is one file, to be opened in a browser.",
      "On standard output it says which."
    },
    footer = {
      "",
      "Examples:",
      "  nnc explain fever.nn -o fever.html",
      "  nnc explain --diff plain.nn peepholes.nn -o peepholes.html",
      "  nnc explain fever.nn --run runs/Fever-1 --step 120 --example 3",
      "  nnc explain generate.nn --small units=3"
    })
final class Explain implements Runnable {
  private static final long MADE_UP_SEED = 0;

  private final Console console;

  @Mixin private ModelOptions model;
  @Mixin private DataOption data;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "the page to write; else it is called after the network")
  private Optional<Path> out;

  @Option(
      names = "--diff",
      paramLabel = "OTHER",
      description = "a model to show on the left of FILE, as far as they differ")
  private Optional<Path> other;

  @Option(
      names = "--small",
      paramLabel = "NAME=NUMBER",
      description = "what a constant of the model is in what is shown; the code keeps it")
  private Map<String, Integer> small = Map.of();

  @ArgGroup(exclusive = false)
  private Moment moment;

  /** A step of a run. */
  private static final class Moment {
    @Option(
        names = "--run",
        required = true,
        paramLabel = "RUN",
        description = "the run folder whose step is shown")
    private Path run;

    @Option(
        names = "--step",
        required = true,
        paramLabel = "N",
        description = "which step of the run, counted from 1")
    private long step;

    @Option(
        names = "--example",
        paramLabel = "K",
        description = "which example of the step's batch, counted from 1; else the first")
    private int example = 1;
  }

  Explain(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Compilation compilation = model.compile(console, false);
    Network network = model.choose(compilation, console);
    Path file = out.orElse(Path.of(network.name() + ".html"));
    AtomicFile.write(file, page(compilation, network));
    console.out().println(file);
  }

  private String page(Compilation compilation, Network network) {
    if (!small.isEmpty()) {
      return smallPage(compilation, network);
    } else if (other.isEmpty()) {
      return Page.of(compilation, network, firstStep(compilation, network));
    }
    Compilation left = model.compile(other.get(), console);
    return Page.of(left, model.choose(left, console), compilation, network);
  }

  private String smallPage(Compilation compilation, Network network) {
    if (other.isPresent() || moment != null) {
      throw DataException.of(
          "--small goes neither with --diff nor with --run",
          "a run has the numbers of the network that was trained");
    }
    Resized resized = model.resized(small, console);
    Network read = model.choose(resized.compilation(), console);
    return Page.of(compilation, network, resized, read, firstStep(resized.compilation(), read))
        .orElseThrow(
            () ->
                DataException.of(
                    "with these constants the network has other equations: " + resized.said(),
                    "numbers of units leave equations as they are, numbers of layers do not"));
  }

  private FirstStep firstStep(Compilation compilation, Network network) {
    if (moment != null) {
      return FirstStep.ofRun(
          compilation, network, moment.run, moment.step, moment.example, data.folder());
    }
    try {
      Optional<FirstStep> step = FirstStep.ofData(compilation, network, data.folder());
      if (step.isPresent()) {
        return step.get();
      }
    } catch (DataException e) {
      console.err().println("note: the page's example is made up: " + e.report());
    }
    return FirstStep.madeUp(network, MADE_UP_SEED);
  }
}
