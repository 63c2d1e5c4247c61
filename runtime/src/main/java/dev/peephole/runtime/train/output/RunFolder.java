package dev.peephole.runtime.train.output;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.AtomicFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that a run leaves: the program, the weights, the log, the report, and the checkpoint
 * from which the run can go on. A process that is killed at any moment leaves a folder that can be
 * resumed.
 */
public final class RunFolder {
  private static final Path RUNS = Path.of("runs");
  private static final String EPOCH = "{\"event\":\"epoch\"";

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /** A new folder: the one that is asked for, or the next free one of the network. */
  public static RunFolder create(String network, Optional<Path> out) {
    try {
      RunFolder folder = new RunFolder(out.isPresent() ? out.get() : nextFree(network));
      if (Files.exists(folder.checkpoint()) || Files.exists(folder.log())) {
        String hint = "choose another folder, or go on with --resume " + folder;
        throw DataException.in(folder.toString(), "holds a run already", hint);
      }
      Files.createDirectories(folder.path);
      return folder;
    } catch (IOException e) {
      throw AtomicFile.unwritable(out.orElse(RUNS), e);
    }
  }

  private static Path nextFree(String network) throws IOException {
    Files.createDirectories(RUNS);
    for (int k = 1; ; k++) {
      try {
        return Files.createDirectory(RUNS.resolve(network + "-" + k));
      } catch (FileAlreadyExistsException taken) {
        continue;
      }
    }
  }

  /** The folder of a run to go on with. */
  public static RunFolder open(Path path) {
    RunFolder folder = new RunFolder(path);
    if (Files.notExists(folder.checkpoint())) {
      String hint = "a run folder has a " + folder.checkpoint().getFileName();
      throw DataException.in(path.toString(), "holds no run to resume", hint);
    }
    return folder;
  }

  /** The file that the run goes on from. */
  public Path checkpoint() {
    return path.resolve("checkpoint.safetensors");
  }

  /** The file with the parameters that are kept. */
  public Path weights() {
    return path.resolve("weights.safetensors");
  }

  /** The page that shows the run. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** The folder of the tables that the page is drawn from. */
  public Path tables() {
    return path.resolve("report");
  }

  private Path log() {
    return path.resolve("log.jsonl");
  }

  /** Writes the program's files, by their names. */
  public void writeProgram(Map<String, String> files) {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = path.resolve(file.getKey());
      try {
        Files.createDirectories(target.toAbsolutePath().getParent());
      } catch (IOException e) {
        throw AtomicFile.unwritable(target.getParent(), e);
      }
      AtomicFile.write(target, file.getValue());
    }
  }

  /** Whether a file of the program is there and holds this. */
  public boolean holds(String name, String content) {
    return Files.exists(path.resolve(name)) && !hasOther(name, content);
  }

  /** Whether a file of the program is there and holds something else. */
  public boolean hasOther(String name, String content) {
    try {
      Path file = path.resolve(name);
      return Files.exists(file) && !Files.readString(file).equals(content);
    } catch (IOException unreadable) {
      return true;
    }
  }

  /** Adds a line to the log. */
  public void log(String line) {
    try {
      Files.writeString(log(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw AtomicFile.unwritable(log(), e);
    }
  }

  /** Drops whatever the log says beyond an epoch, such as what a killed process just wrote. */
  public void truncateLog(int epochs) {
    try {
      List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
      StringBuilder kept = new StringBuilder();
      lines.stream()
          .filter(line -> line.startsWith(EPOCH))
          .limit(epochs)
          .forEach(line -> kept.append(line).append('\n'));
      AtomicFile.write(log(), kept.toString());
    } catch (IOException e) {
      throw AtomicFile.unwritable(log(), e);
    }
  }

  /** The path as it was given. */
  @Override
  public String toString() {
    return path.toString();
  }
}
