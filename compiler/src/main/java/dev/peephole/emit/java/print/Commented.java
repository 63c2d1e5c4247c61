package dev.peephole.emit.java.print;

import java.util.List;

/** Text of the model's in a Java comment: nothing in it may end the comment or begin an escape. */
public final class Commented {
  private Commented() {}

  /** Several lines. */
  public static String text(List<String> lines) {
    return text(String.join("\n", lines));
  }

  /** A line. */
  public static String text(String line) {
    return line.replace("*/", "*&#47;").replace("\\u", "&#92;u");
  }
}
