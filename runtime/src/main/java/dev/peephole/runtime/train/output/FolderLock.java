package dev.peephole.runtime.train.output;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two runs out of one folder. The lock is the operating system's, so that it goes with its
 * process however that ends; its file stays, and says which process was the last one.
 */
final class FolderLock implements AutoCloseable {
  /** The name of the file. */
  static final String FILE = ".lock";

  /** Those of this process: where it closed such a file a second time, its lock would be gone. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder.
   *
   * @throws DataException if another run has it
   */
  static FolderLock take(Path folder) {
    Path file = folder.resolve(FILE);
    Path own = folder.toAbsolutePath().normalize();
    if (!OWN.add(own)) {
      throw taken(folder, Long.toString(ProcessHandle.current().pid()));
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      OWN.remove(own);
      throw AtomicFile.unwritable(file, e);
    }
    if (!locked(channel)) {
      close(channel);
      OWN.remove(own);
      throw taken(folder, holder(file));
    }
    try {
      channel
          .truncate(0)
          .write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
    } catch (IOException full) {
      // what it says is for people alone
    }
    return new FolderLock(own, channel);
  }

  private static DataException taken(Path folder, String process) {
    return DataException.in(
        folder.toString(),
        "another run is under way in this folder"
            + (process.isEmpty() ? "" : ", process " + process),
        "wait for it, or choose another folder");
  }

  /** True also where the file system has no locks. */
  private static boolean locked(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException noLocks) {
      return true;
    }
  }

  private static String holder(Path file) {
    try {
      ByteBuffer said = ByteBuffer.wrap(Files.readAllBytes(file));
      String pid = StandardCharsets.UTF_8.decode(said).toString().strip();
      return pid.matches("\\d{1,19}") ? pid : "";
    } catch (IOException unreadable) {
      return "";
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // the lock goes with the process
    }
  }

  @Override
  public void close() {
    close(channel);
    OWN.remove(folder);
  }
}
