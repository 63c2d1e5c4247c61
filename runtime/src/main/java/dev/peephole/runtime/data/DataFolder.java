package dev.peephole.runtime.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the paths of a plan are looked up.
 *
 * @param model the folder of the model file, which paths are relative to
 * @param instead a folder to look into instead: for the path as it is written, then for the file's
 *     name alone
 * @param hint what to say where a file is missing and none has a similar name
 */
public record DataFolder(Path model, Optional<Path> instead, String hint) {

  /** Where the command line may name another folder. */
  public DataFolder(Path model, Optional<Path> instead) {
    this(
        model,
        instead,
        instead.isPresent()
            ? "--data names the folder to look in"
            : "paths are relative to the model file; --data DIR looks in another folder");
  }

  /** Looks beside the model file. */
  public static DataFolder of(Path model) {
    return new DataFolder(model, Optional.empty());
  }

  /**
   * The file that a path stands for.
   *
   * @throws DataException if there is none, or it is a folder, or it may not be read
   */
  public Path find(String path) {
    if (instead.isPresent() && Files.isRegularFile(instead.get())) {
      String hint = "--data names the folder to look in";
      throw DataException.in(instead.get().toString(), "is a file, not a folder", hint);
    }
    Path file = resolve(path);
    if (Files.notExists(file)) {
      throw missing(file, "file");
    }
    if (Files.isDirectory(file)) {
      throw DataException.in(file.toString(), "is a folder, not a file", "");
    }
    if (!Files.isReadable(file)) {
      throw DataException.in(file.toString(), "may not be read", "check the file's permissions");
    }
    return file;
  }

  /**
   * The folder that a path stands for.
   *
   * @throws DataException if there is none, or it is a file
   */
  public Path findFolder(String path) {
    Path folder = resolve(path);
    if (Files.notExists(folder)) {
      throw missing(folder, "folder");
    }
    if (!Files.isDirectory(folder)) {
      throw DataException.in(folder.toString(), "is a file, not a folder", "");
    }
    return folder;
  }

  /** Whether there is a folder under a path. */
  public boolean isFolder(String path) {
    return Files.isDirectory(resolve(path));
  }

  /** Whether there is something to find under a path. */
  public boolean has(String path) {
    return Files.exists(resolve(path));
  }

  private Path resolve(String path) {
    Path written = instead.orElse(model).resolve(path).normalize();
    if (instead.isPresent() && Files.notExists(written)) {
      return instead.get().resolve(Path.of(path).getFileName()).normalize();
    }
    return written;
  }

  private DataException missing(Path file, String what) {
    Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    return DataException.in(
        file.toString(),
        "there is no such " + what,
        Nearest.to(file.getFileName().toString(), names(folder))
            .map(name -> "did you mean " + name + "?")
            .orElse(hint));
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException notListed) {
      return List.of();
    }
  }
}
