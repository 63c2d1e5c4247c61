package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;

/** Lets long expressions go on in the next line, at an operator outside brackets. */
final class Wrapped {
  private static final int LONG = 70;

  private Wrapped() {}

  /** The expression as code that may be broken. */
  static CodeBlock code(String expression) {
    if (expression.length() < LONG) {
      return CodeBlock.of("$L", expression);
    }
    CodeBlock.Builder code = CodeBlock.builder();
    int start = 0;
    int indexes = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      indexes += c == '[' ? 1 : c == ']' ? -1 : 0;
      boolean breakable = c == ' ' && indexes == 0 && "+-?:".indexOf(expression.charAt(i + 1)) >= 0;
      if (breakable && expression.charAt(i + 2) == ' ') {
        code.add("$L$W", expression.substring(start, i));
        start = i + 1;
      }
    }
    return code.add("$L", expression.substring(start)).build();
  }
}
