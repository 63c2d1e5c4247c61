package dev.peephole.runtime.train.output;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.AtomicFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
   *
   * @param first writes the first checkpoint; where the folder was not there before, it appears
   *     together with it, so that no killed process leaves one without
   */
  public static RunFolder create(String network, Optional<Path> out, Consumer<RunFolder> first) {
    try {
      Path path = out.isPresent() ? out.get() : RUNS.resolve(network + "-1");
      for (int k = 2; out.isEmpty() && !appears(path, first); k++) {
        path = RUNS.resolve(network + "-" + k);
      }
      boolean complete = out.isEmpty() || appears(path, first);
      Files.createDirectories(path);
      RunFolder folder = new RunFolder(path);
      folder.lock = FolderLock.take(path);
      if (!complete) {
        folder.begin(first);
      }
      return folder;
    } catch (IOException e) {
      throw AtomicFile.unwritable(out.orElse(RUNS), e);
    }
  }

  /** Makes a folder that is not there yet; false if it is. */
  private static boolean appears(Path path, Consumer<RunFolder> first) throws IOException {
    if (Files.exists(path)) {
      return false;
    }
    Path target = path.toAbsolutePath().normalize();
    Files.createDirectories(target.getParent());
    String name = "." + target.getFileName() + "." + ProcessHandle.current().pid();
    RunFolder hidden = new RunFolder(target.resolveSibling(name));
    Files.createDirectories(hidden.path);
    try {
      first.accept(hidden);
      Files.move(hidden.path, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException e) {
      if (Files.notExists(path)) {
        throw e;
      }
      return false; // somebody else was faster
    } finally {
      Files.deleteIfExists(hidden.checkpoint());
      Files.deleteIfExists(hidden.path);
    }
  }

  /** Begins a run in a folder that is there. */
  private void begin(Consumer<RunFolder> first) {
    try {
      if (hasCheckpoint() || log.exists()) {
        String hint = "choose another folder, or go on with --resume " + this;
        throw DataException.in(toString(), "holds a run already", hint);
      }
      first.accept(this);
    } catch (DataException e) {
      close();
      throw e;
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
