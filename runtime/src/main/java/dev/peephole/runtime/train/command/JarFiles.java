package dev.peephole.runtime.train.command;

import dev.peephole.runtime.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The program's files that a trainer jar carries: resources under {@code program/}, listed a name a
 * line in {@code program/files}.
 */
final class JarFiles {
  private static final String FOLDER = "/program/";

  private JarFiles() {}

  /** The files beside a class, by name; none if the jar carries none. */
  static Map<String, String> of(Class<?> main) {
    Map<String, String> files = new LinkedHashMap<>();
    text(main, "files").lines().forEach(name -> files.put(name, text(main, name)));
    return files;
  }

  private static String text(Class<?> main, String name) {
    try (InputStream in = main.getResourceAsStream(FOLDER + name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw DataException.in(name, "cannot be read from the jar: " + e.getMessage(), "");
    }
  }
}
