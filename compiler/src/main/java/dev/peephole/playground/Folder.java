package dev.peephole.playground;

import com.github.marschall.memoryfilesystem.MemoryFileSystemBuilder;
import dev.peephole.runtime.data.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * All the files that a model of the page can name: those of the command line, and the page's own.
 * They are a file system by themselves, in memory, and whatever path a model names is looked up
 * there: no path leads from there to a file of the machine.
 */
final class Folder implements AutoCloseable {
  private static final String MISSING =
      "the playground has the files that were named when it was started, and those that you add";

  private final FileSystem files;
  private final Path model;

  private Folder(FileSystem files, String model) {
    this.files = files;
    this.model = files.getPath(model);
  }

  /**
   * A folder with some files.
   *
   * @param given what the command line named
   * @param own the page's files by their names; they stand before others of the same name
   * @throws java.nio.file.InvalidPathException if a name is none of a file
   */
  static Folder of(Given given, Map<String, String> own) {
    try {
      FileSystem files = MemoryFileSystemBuilder.newEmpty().addRoot("/").setSeparator("/").build();
      Folder folder = new Folder(files, given.name());
      for (Map.Entry<String, byte[]> file : given.files().entrySet()) {
        folder.write(file.getKey(), file.getValue());
      }
      for (Map.Entry<String, String> file : own.entrySet()) {
        folder.write(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = files.getPath(name).normalize();
    Optional<Path> parent = Optional.ofNullable(file.getParent());
    if (parent.isPresent()) {
      Files.createDirectories(parent.get());
    }
    Files.write(file, content);
  }

  /** The model file's place, which it need not lie in. */
  Path model() {
    return model;
  }

  /** Where the plans' data are looked for. */
  DataFolder data() {
    return new DataFolder(files.getPath(""), Optional.empty(), MISSING);
  }

  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
