package dev.peephole.cli;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.Linker;
import dev.peephole.driver.Network;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.train.Prediction;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    description = "Computes the outputs of a trained network for a file of inputs.",
    footer = {
      "",
      "Example:",
      "  nnc predict fever.nn --weights runs/Fever-1/weights.safetensors --in new.csv --out p.csv"
    })
final class Predict implements Runnable {
  private final Console console;

  @Mixin private ModelOptions model;

  @Mixin private StyleOption style;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "the weights that a run left")
  private Path weights;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      required = true,
      description = "the inputs, in the columns or the format of the training data")
  private Path in;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "where to write the outputs, as CSV; else to standard output")
  private Optional<Path> out;

  @Mixin private ComputeOptions compute;

  Predict(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    RunOptions options = compute.with(new ComputeOptions.More());
    if (Files.notExists(in)) {
      throw DataException.in(in.toString(), "there is no such file", "");
    }
    Compilation compilation = model.compile(console, false);
    Network network = model.choosePlanned(compilation, console);
    Prediction.run(
        Linker.program(compilation, network, style.style(), options.device()),
        weights,
        in,
        out,
        options,
        console);
  }
}
