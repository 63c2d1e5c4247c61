package dev.peephole.proof;

import dev.peephole.check.data.DataAccess;
import dev.peephole.diagnostic.Renderer;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Model files for tests: texts written there, and the samples that ship. */
public final class Texts {
  private static final Path SAMPLES = Path.of("..", "samples");

  private Texts() {}

  /** What the front end makes of a text, without looking for data. */
  public static Compilation compile(String text) {
    return compile("test.nn", text);
  }

  private static Compilation compile(String name, String text) {
    return Frontend.compile(Path.of(name), text, DataAccess.none());
  }

  /** The first network of a text that has no error. */
  public static Network network(String text) {
    return network("test.nn", text);
  }

  private static Network network(String name, String text) {
    Compilation compilation = compile(name, text);
    if (!compilation.errors().isEmpty()) {
      throw new AssertionError(messages(compilation) + "\nin\n" + text);
    }
    return compilation.networks().get(0);
  }

  /** The first network of a file that has no error. */
  public static Network network(Path file) {
    return network(file.getFileName().toString(), read(file));
  }

  /** The errors as people read them. */
  public static String messages(Compilation compilation) {
    Renderer renderer = new Renderer(false);
    return compilation.errors().stream().map(renderer::render).collect(Collectors.joining("\n"));
  }

  /** The model files of the samples. */
  public static List<Path> samples() {
    try (Stream<Path> files = Files.walk(SAMPLES, 2)) {
      return files.filter(file -> file.toString().endsWith(".nn")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
