package dev.peephole.driver;

import dev.peephole.diagnostic.Nearest;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.format.Utf8;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The text of a model file on disk, in UTF-8. */
final class SourceText {
  private static final String ENDING = ".nn";

  private SourceText() {}

  /**
   * Reads a file.
   *
   * @throws DataException if there is none, it cannot be read, or is no text
   */
  static String read(Path file) {
    if (Files.isDirectory(file)) {
      throw DataException.in(file.toString(), "is a folder, not a model file", modelsIn(file));
    }
    try {
      return Utf8.read(file);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw DataException.in(file.toString(), "there is no such file", nearest(file));
    } catch (AccessDeniedException e) {
      String hint = "check the file's permissions";
      throw DataException.in(file.toString(), "may not be read", hint);
    } catch (FileSystemException e) {
      String reason = Optional.ofNullable(e.getReason()).orElse(e.getMessage());
      throw DataException.in(file.toString(), "cannot be read: " + reason, "");
    } catch (IOException e) {
      throw DataException.in(file.toString(), "cannot be read: " + e.getMessage(), "");
    }
  }

  private static String nearest(Path file) {
    String name = Optional.ofNullable(file.getFileName()).map(Path::toString).orElse("");
    List<String> stems =
        names(file.toAbsolutePath().getParent()).stream().map(SourceText::stem).toList();
    return Nearest.to(stem(name), stems)
        .map(near -> "did you mean " + file.resolveSibling(near + ENDING) + "?")
        .orElse("");
  }

  private static String stem(String name) {
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }

  private static String modelsIn(Path folder) {
    List<String> models = names(folder);
    return models.isEmpty() ? "" : "did you mean " + folder.resolve(models.get(0)) + "?";
  }

  /** The model files of a folder. */
  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .sorted()
          .toList();
    } catch (IOException | NullPointerException notListed) {
      return List.of();
    }
  }
}
