package dev.peephole.emit;

import java.util.Map;
import java.util.TreeMap;

/** Where a long expression may go on in the next line. */
public final class LineBreaks {
  private LineBreaks() {}

  /** The spaces before operators, and how many brackets each is in; not those of an index. */
  public static Map<Integer, Integer> of(String expression) {
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
