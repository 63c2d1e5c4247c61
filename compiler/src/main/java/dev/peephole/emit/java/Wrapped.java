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

  /** A chain of calls as code that may be broken before each. */
  static CodeBlock calls(String chain) {
    CodeBlock.Builder code = CodeBlock.builder();
    int start = 0;
    int depth = 0;
    for (int i = 0; i < chain.length(); i++) {
      char c = chain.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0 && c == '.') {
        code.add("$L$Z", chain.substring(start, i));
        start = i;
      }
    }
    return code.add("$L", chain.substring(start)).build();
  }
}
