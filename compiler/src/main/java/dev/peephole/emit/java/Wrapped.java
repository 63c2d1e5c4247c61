package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;
import java.util.Map;
import java.util.TreeMap;

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
      Map<Integer, Integer> breaks = breaks(expression);
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

  /** The spaces before operators, and how many brackets each is in; not those of an index. */
  private static Map<Integer, Integer> breaks(String expression) {
    Map<Integer, Integer> breaks = new TreeMap<>();
    int depth = 0;
    int indexes = 0;
    for (int i = 0; i + 2 < expression.length(); i++) {
      char c = expression.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      indexes += c == '[' ? 1 : c == ']' ? -1 : 0;
      boolean operator =
          c == ' '
              && "+-*/?:".indexOf(expression.charAt(i + 1)) >= 0
              && expression.charAt(i + 2) == ' ';
      if (operator && indexes == 0) {
        breaks.put(i, depth);
      }
    }
    return breaks;
  }
}
