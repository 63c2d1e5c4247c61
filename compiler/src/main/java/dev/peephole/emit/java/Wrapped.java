package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.peephole.emit.LineBreaks;
import java.util.Map;

/**
 * Lets long expressions go on in the next line, before an operator in as few brackets as can be.
 */
final class Wrapped {
  private static final int LONG = 70;

  private Wrapped() {}

  /** The expression as code that may be broken. */
  static CodeBlock code(String expression) {
    CodeBlock.Builder code = CodeBlock.builder();
    int start = 0;
    if (expression.length() >= LONG) {
      Map<Integer, Integer> breaks = LineBreaks.of(expression);
      int least = breaks.values().stream().mapToInt(d -> d).min().orElse(0);
      for (Map.Entry<Integer, Integer> place : breaks.entrySet()) {
        if (place.getValue() == least) {
          code.add("$L$W", expression.substring(start, place.getKey()));
          start = place.getKey() + 1;
        }
      }
    }
    return code.add("$L", expression.substring(start)).build();
  }
}
