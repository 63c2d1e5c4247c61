package dev.peephole.runtime.file;

import dev.peephole.runtime.data.DataException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that are there as a whole or not at all: written beside under another name, then renamed.
 * Who kills the process leaves the file as it was before.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes what a file is to hold. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces a file or makes it.
   *
   * @throws DataException if it cannot be written
   */
  public static void write(Path file, Content content) {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
        content.writeTo(out);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (UncheckedIOException e) {
      discard(beside);
      throw unwritableFile(file, e.getCause());
    } catch (IOException e) {
      discard(beside);
      throw unwritableFile(file, e);
    }
  }

  /** What was begun is of no use, and on a full disk in the way. */
  private static void discard(Path beside) {
    try {
      if (Files.isRegularFile(beside)) {
        Files.delete(beside);
      }
    } catch (IOException stays) {
      // the next one writes over it
    }
  }

  /** Replaces a file or makes it, in UTF-8. */
  public static void write(Path file, String content) {
    write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  private static DataException unwritableFile(Path file, IOException e) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      return DataException.in(file.toString(), "is a folder, not a file", "");
    } else if (Files.notExists(folder)) {
      String hint = "make it first, or choose another one";
      return DataException.in(file.toString(), "there is no folder " + folder, hint);
    }
    return unwritable(file, e);
  }

  /** The error of a file or folder that cannot be written. */
  public static DataException unwritable(Path file, IOException e) {
    if (e instanceof FileAlreadyExistsException && Files.isRegularFile(file)) {
      return DataException.in(file.toString(), "is a file, not a folder", "");
    }
    String hint = "is the disk full, or the folder protected?";
    return DataException.in(file.toString(), "cannot be written: " + e.getMessage(), hint);
  }
}
