package dev.peephole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that hold what a stage should produce. With {@code -Dgolden.rewrite=true} they are written
 * anew, and the run fails all the same, so that nobody leaves it switched on: read the difference,
 * and run again without it.
 */
public final class Golden {
  private static final Path ROOT = Path.of("src", "test", "resources", "golden");
  private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");

  private Golden() {}

  /** A folder of golden files: {@code syntax}. */
  public static Path folder(String name) {
    return ROOT.resolve(name);
  }

  /** The files of a folder whose names end with {@code ending}, in alphabetical order. */
  public static List<Path> files(String folder, String ending) {
    try (Stream<Path> files = Files.list(folder(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file beside {@code file} with another ending: {@code a.nn}, {@code a.expected}. */
  public static Path beside(Path file, String ending) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
  }

  /** Fails unless the file holds {@code actual}. */
  public static void check(Path goldenFile, String actual) {
    try {
      if (REWRITE) {
        Files.createDirectories(goldenFile.getParent());
        Files.writeString(goldenFile, actual);
        fail("%s is rewritten; read the difference and run without -Dgolden.rewrite", goldenFile);
      }
      if (Files.notExists(goldenFile)) {
        fail("%s is missing; -Dgolden.rewrite=true writes it:%n%s", goldenFile, actual);
      }
      assertThat(actual).as(goldenFile.toString()).isEqualTo(Files.readString(goldenFile));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
