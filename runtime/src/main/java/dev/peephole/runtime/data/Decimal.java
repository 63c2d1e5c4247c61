package dev.peephole.runtime.data;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Decimal numbers as people write them in tables: {@code -1.5}, {@code 2e-3}; spaces around. */
public final class Decimal {
  private static final Pattern NUMBER =
      Pattern.compile("\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*");

  private Decimal() {}

  /** The number that a text says; absent if it says none. */
  public static OptionalDouble parse(String text) {
    return NUMBER.matcher(text).matches()
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }
}
