package dev.peephole.cli;

import dev.peephole.runtime.data.DataFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the data is. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where to look for the data; else beside the model file")
  private Optional<Path> folder = Optional.empty();

  Optional<Path> folder() {
    return folder;
  }

  /** Where the data of a model file is looked for. */
  DataFolder of(Path model) {
    Path beside = Optional.ofNullable(model.getParent()).orElse(Path.of(""));
    return new DataFolder(beside, folder);
  }
}
