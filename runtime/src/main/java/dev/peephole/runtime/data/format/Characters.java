package dev.peephole.runtime.data.format;

import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The characters of a text, an example each.
 *
 * @param file what messages call it
 * @param text its code points
 */
public record Characters(String file, int[] text) implements Column {

  @Override
  public double number(int example, int k) {
    String hint = "declare what it fills as labels, such as [64] class(96)";
    throw problem(example, "a character is not a number", hint);
  }

  @Override
  public Optional<String> text(int example) {
    return Optional.of(Character.toString(text[example]));
  }

  @Override
  public boolean characters() {
    return true;
  }

  @Override
  public DataException problem(int example, String message, String hint) {
    long line = 1 + Arrays.stream(text, 0, example).filter(c -> c == '\n').count();
    return DataException.at(file, line, message, hint);
  }
}
