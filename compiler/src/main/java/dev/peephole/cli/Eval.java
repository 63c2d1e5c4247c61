package dev.peephole.cli;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.Linker;
import dev.peephole.driver.Network;
import dev.peephole.runtime.train.Evaluation;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    description = "Measures trained weights on the part of the data that is kept for testing.",
    footer = {"", "Example:", "  nnc eval fever.nn --weights runs/Fever-1/weights.safetensors"})
final class Eval implements Runnable, JsonOption.Taker {
  private final Console console;

  @Mixin private ModelOptions model;

  @Mixin private StyleOption style;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "the weights that a run left")
  private Path weights;

  @Mixin private DataOption data;
  @Mixin private ComputeOptions compute;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "what the parts of the data are drawn with; else the seed of the weights' run")
  private Optional<Long> seed;

  @Mixin private JsonOption json;

  Eval(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    RunOptions options =
        compute.with(new ComputeOptions.More().seed(seed).data(data).printing(json(), false));
    Compilation compilation = model.compile(data, console, json());
    Network network = model.choosePlanned(compilation, console);
    Evaluation.run(
        Linker.program(compilation, network, style.style(), options.device()),
        weights,
        options,
        console);
  }

  @Override
  public boolean json() {
    return json.asked();
  }
}
