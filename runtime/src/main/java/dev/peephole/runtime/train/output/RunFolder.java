package dev.peephole.runtime.train.output;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.AtomicFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that a run leaves: the program, the weights, the log, the report, and the checkpoint
 * from which the run can go on. A process that is killed at any moment leaves a folder that can be
 * resumed.
 */
public final class RunFolder implements AutoCloseable {
  private static final Path RUNS = Path.of("runs");

  private final Path path;
  private final RunLog log;
  private FolderLock lock;

  private RunFolder(Path path) {
    this.path = path;
    this.log = new RunLog(path.resolve("log.jsonl"));
  }

  /**
   * A new folder: the one that is asked for, or the next free one of the network. It is that of no
   * other run until it is closed.
   */
  public static RunFolder create(String network, Optional<Path> out) {
    try {
      RunFolder folder = new RunFolder(out.isPresent() ? out.get() : nextFree(network));
      Files.createDirectories(folder.path);
      folder.lock = FolderLock.take(folder.path);
      if (folder.hasCheckpoint() || folder.log.exists()) {
        folder.close();
        String hint = "choose another folder, or go on with --resume " + folder;
        throw DataException.in(folder.toString(), "holds a run already", hint);
      }
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

  /** The folder of a run, to look into. */
  public static RunFolder open(Path path) {
    RunFolder folder = new RunFolder(path);
    if (!folder.hasCheckpoint()) {
      throw folder.noRun();
    }
    return folder;
  }

  /**
   * The folder of a run to go on with, and of no other run until it is closed. Who was killed
   * before the first checkpoint left none.
   */
  public static RunFolder resume(Path path) {
    RunFolder folder = new RunFolder(path);
    if (!folder.hasCheckpoint() && !folder.isBegun()) {
      throw folder.noRun();
    }
    folder.lock = FolderLock.take(path);
    return folder;
  }

  private DataException noRun() {
    String hint = "a run folder has a " + checkpoint().getFileName();
    return DataException.in(path.toString(), "holds no run to resume", hint);
  }

  /** Whether there is something to go on from. */
  public boolean hasCheckpoint() {
    return Files.exists(checkpoint());
  }

  /** Whether it is a folder in which a run was about to begin, and nothing else is. */
  private boolean isBegun() {
    if (Files.exists(path.resolve(FolderLock.FILE))) {
      return true;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    } catch (IOException noFolder) {
      return false;
    }
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

  /** The folder of what TensorBoard reads. */
  Path tensorBoard() {
    return path.resolve("tensorboard");
  }

  /** The folder of the tables that the page is drawn from. */
  public Path tables() {
    return path.resolve("report");
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
    log.add(line);
  }

  /**
   * Drops whatever the log says beyond an epoch; returns how many epochs it then knows of.
   *
   * @throws DataException if it is no log of a run; then it stays as it is
   */
  public int truncateLog(int epochs) {
    return log.truncate(epochs);
  }

  /** Lets other runs into the folder. */
  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }

  /** The path as it was given. */
  @Override
  public String toString() {
    return path.toString();
  }
}
