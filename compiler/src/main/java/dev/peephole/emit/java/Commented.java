package dev.peephole.emit.java;

import java.util.List;

/** Text of the model's in a Java comment: nothing in it may end the comment or begin an escape. */
final class Commented {
  private Commented() {}

  static String text(List<String> lines) {
    return text(String.join("\n", lines));
  }

  static String text(String line) {
    return line.replace("*/", "*&#47;").replace("\\u", "&#92;u");
  }
}
