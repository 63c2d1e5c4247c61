package dev.peephole.runtime.train.plan;

import dev.peephole.runtime.opencl.DeviceName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the command line says about a run; what is absent is as the plan says.
 *
 * @param batch examples a step
 * @param epochs how often the training part is gone through
 * @param seed what everything random is drawn from
 * @param data a folder to look for the data in, instead of the model file's
 * @param out the run folder, instead of the next free {@code runs/Network-1}, {@code -2}, …
 * @param resume a run folder to go on in
 * @param json whether events go to standard output, one JSON object a line, and nothing else
 * @param quiet whether progress is kept back
 * @param tensorboard whether the run folder gets files for TensorBoard
 * @param threads how many threads train; 1 if it is not said
 * @param device what computes: {@code cpu}, {@code opencl} or {@code opencl:N}
 */
public record RunOptions(
    OptionalInt batch,
    OptionalInt epochs,
    OptionalLong seed,
    Optional<Path> data,
    Optional<Path> out,
    Optional<Path> resume,
    boolean json,
    boolean quiet,
    boolean tensorboard,
    OptionalInt threads,
    String device) {

  /** Refuses what a run cannot do. */
  public RunOptions {
    require(batch.orElse(1) >= 1, "a batch has at least one example");
    require(epochs.orElse(1) >= 1, "there is at least one epoch");
    require(threads.orElse(1) >= 1, "there is at least one thread");
    require(DeviceName.isName(device), DeviceName.unknown(device));
    require(
        threads.orElse(1) == 1 || !DeviceName.isOpenCl(device),
        "threads are the processor's, and the device is " + device);
    require(
        out.isEmpty() || resume.isEmpty(), "a run is resumed where it is, not in another folder");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** As the plan says, with progress. */
  public static RunOptions defaults() {
    return new RunOptions(
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        false,
        OptionalInt.empty(),
        DeviceName.CPU);
  }

  /** These options with another run folder. */
  public RunOptions into(Path folder) {
    return new RunOptions(
        batch,
        epochs,
        seed,
        data,
        Optional.of(folder),
        resume,
        json,
        quiet,
        tensorboard,
        threads,
        device);
  }

  /** These options and, where they are silent, others. */
  public RunOptions or(
      OptionalInt otherBatch, OptionalInt otherEpochs, OptionalInt otherThreads, long otherSeed) {
    return new RunOptions(
        batch.isPresent() ? batch : otherBatch,
        epochs.isPresent() ? epochs : otherEpochs,
        OptionalLong.of(seed.orElse(otherSeed)),
        data,
        out,
        resume,
        json,
        quiet,
        tensorboard,
        threads.isPresent() ? threads : otherThreads,
        device);
  }
}
