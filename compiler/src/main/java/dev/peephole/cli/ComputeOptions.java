package dev.peephole.cli;

import dev.peephole.runtime.opencl.DeviceName;
import dev.peephole.runtime.train.plan.RunOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What computes, and how. */
final class ComputeOptions {
  private static final RunOptions DEFAULTS = RunOptions.defaults();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "what computes: cpu, opencl, opencl:1, …")
  private Optional<String> device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "how many threads train (default: 1)")
  private Optional<Integer> threads;

  @Option(names = "--batch", paramLabel = "N", description = "examples a step")
  private Optional<Integer> batch;

  /** What only some commands are told; nothing at first. */
  static final class More {
    private Optional<Integer> epochs = Optional.empty();
    private Optional<Long> seed = Optional.empty();
    private Optional<Path> data = Optional.empty();
    private Optional<Path> out = Optional.empty();
    private Optional<Path> resume = Optional.empty();
    private boolean json;
    private boolean quiet;
    private boolean tensorboard;

    More epochs(Optional<Integer> count) {
      epochs = count;
      return this;
    }

    More seed(Optional<Long> number) {
      seed = number;
      return this;
    }

    More data(DataOption option) {
      data = option.folder();
      return this;
    }

    More folders(Optional<Path> fresh, Optional<Path> old) {
      out = fresh;
      resume = old;
      return this;
    }

    More tensorboard(boolean asked) {
      tensorboard = asked;
      return this;
    }

    More printing(boolean events, boolean noProgress) {
      json = events;
      quiet = noProgress;
      return this;
    }
  }

  /** These options, and more, as the runtime takes them. */
  RunOptions with(More more) {
    refuse();
    try {
      return new RunOptions(
          batch.map(OptionalInt::of).orElse(OptionalInt.empty()),
          more.epochs.map(OptionalInt::of).orElse(OptionalInt.empty()),
          more.seed.map(OptionalLong::of).orElse(OptionalLong.empty()),
          more.data,
          more.out,
          more.resume,
          more.json,
          more.quiet,
          more.tensorboard,
          threads.map(OptionalInt::of).orElse(OptionalInt.empty()),
          device());
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command.commandLine(), wrong.getMessage());
    }
  }

  /** What computes. */
  String device() {
    return device.orElse(DEFAULTS.device());
  }

  /** What this version cannot do is no wrong usage. */
  private void refuse() {
    DeviceName.require(device());
  }
}
