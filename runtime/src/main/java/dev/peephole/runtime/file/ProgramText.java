package dev.peephole.runtime.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts that come with the program. */
public final class ProgramText {
  private ProgramText() {}

  /**
   * The text of a file of the program, in UTF-8.
   *
   * @param type a class beside which it is, if its name does not begin with {@code /}
   * @throws IllegalStateException if there is no such file
   */
  public static String of(Class<?> type, String name) {
    try (InputStream in = type.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + name + " beside " + type);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
