package dev.peephole.cli;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.Linker;
import dev.peephole.driver.Network;
import dev.peephole.runtime.train.Training;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    description = "Compiles a network in memory, trains it, and leaves a run folder.",
    footer = {
      "",
      "Examples:",
      "  nnc train fever.nn",
      "  nnc train digits.nn --data ~/mnist --epochs 3 --seed 7",
      "  nnc train fever.nn --resume runs/Fever-1 --epochs 400"
    })
final class Train implements Runnable, JsonOption.Taker {
  private final Console console;

  @Mixin private ModelOptions model;

  @Mixin private StyleOption style;
  @Mixin private DataOption data;
  @Mixin private ComputeOptions compute;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "how often the training part is gone through")
  private Optional<Integer> epochs;

  @Option(names = "--seed", paramLabel = "N", description = "what everything random is drawn from")
  private Optional<Long> seed;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "the run folder; else the next free runs/NETWORK-1, -2, …")
  private Optional<Path> out;

  @Option(names = "--resume", paramLabel = "RUN", description = "the folder of a run to go on with")
  private Optional<Path> resume;

  @Mixin private JsonOption json;

  @Option(names = "--quiet", description = "no progress")
  private boolean quiet;

  @Option(names = "--tensorboard", description = "files for TensorBoard in the run folder")
  private boolean tensorboard;

  Train(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    RunOptions options =
        compute.with(
            new ComputeOptions.More()
                .epochs(epochs)
                .seed(seed)
                .data(data)
                .folders(out, resume)
                .printing(json(), quiet)
                .tensorboard(tensorboard));
    Compilation compilation = model.compile(data, console, json());
    Network network = model.choosePlanned(compilation, console);
    Training.run(
        Linker.program(compilation, network, style.style(), options.device()), options, console);
  }

  @Override
  public boolean json() {
    return json.asked();
  }
}
