package dev.peephole.emit.opencl;

import java.util.List;

/** Writes lists in brackets, of which as many are in a line as fit. */
final class Lines {
  /** How many letters a line has at most, if it can be broken. */
  static final int WIDTH = 100;

  private static final String CONTINUED = "    ";

  private Lines() {}

  /** A line that begins with a list in brackets; as many of the list in a line as fit. */
  static String list(String begin, List<String> items, String end) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(begin + "(");
    for (int i = 0; i < items.size(); i++) {
      boolean last = i == items.size() - 1;
      String item = items.get(i) + (last ? ")" + end : ",");
      if (line.length() + item.length() + 1 > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(CONTINUED);
      } else if (i > 0) {
        line.append(' ');
      }
      line.append(item);
    }
    return text.append(line).append(items.isEmpty() ? ")" + end : "").append('\n').toString();
  }
}
