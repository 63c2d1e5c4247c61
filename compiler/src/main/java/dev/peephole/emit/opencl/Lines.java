package dev.peephole.emit.opencl;

import dev.peephole.emit.LineBreaks;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lines of C, indented as they are nested, and broken where they are too long. */
final class Lines {
  private static final int WIDTH = 100;
  private static final String CONTINUED = "    ";
  private static final String COMMENT = "//";
  private static final Pattern CODE = Pattern.compile("[^ /]");

  private final StringBuilder text = new StringBuilder();
  private int depth;

  /**
   * @param depth how deep the lines are nested in what is around them
   */
  Lines(int depth) {
    this.depth = depth;
  }

  /** The lines of a kernel. */
  static Lines inKernel() {
    return new Lines(1);
  }

  Lines line(String format, Object... parts) {
    String indent = "  ".repeat(depth);
    String all = parts.length == 0 ? format : format.formatted(parts);
    String line = indent + all;
    while (line.length() > WIDTH) {
      Optional<Integer> place = lastBreak(line);
      if (place.isEmpty()) {
        break;
      }
      text.append(line, 0, place.get()).append('\n');
      line =
          indent
              + (all.startsWith(COMMENT) ? COMMENT : "")
              + CONTINUED
              + line.substring(place.get() + 1);
    }
    text.append(line).append('\n');
    return this;
  }

  /** The last place within the width that is in as few brackets and as loose as can be. */
  private static Optional<Integer> lastBreak(String line) {
    return LineBreaks.of(line).entrySet().stream()
        .filter(
            place ->
                place.getKey() <= WIDTH && CODE.matcher(line.substring(0, place.getKey())).find())
        .min(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(place -> binding(line.charAt(place.getKey() + 1)))
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey);
  }

  /** How tightly an operator binds. */
  private static int binding(char operator) {
    return switch (operator) {
      case '?', ':' -> 0;
      case '+', '-' -> 1;
      default -> 2;
    };
  }

  /** A line that begins with a list in brackets; as many of the list in a line as fit. */
  Lines list(String begin, List<String> items, String end) {
    String indent = "  ".repeat(depth);
    StringBuilder line = new StringBuilder(indent + begin + "(");
    for (int i = 0; i < items.size(); i++) {
      boolean last = i == items.size() - 1;
      String item = items.get(i) + (last ? ")" + end : ",");
      if (line.length() + item.length() + 1 > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(indent + CONTINUED);
      } else if (i > 0) {
        line.append(' ');
      }
      line.append(item);
    }
    text.append(line).append(items.isEmpty() ? ")" + end : "").append('\n');
    return this;
  }

  /** A line that ends in an opening bracket, and goes on until {@link #close}. */
  Lines open(String format, Object... parts) {
    line(format + " {", parts);
    depth++;
    return this;
  }

  /** One item for each number; the last group may have items too many, which do nothing. */
  Lines item(String item, String count) {
    line("const int %s = get_global_id(0);", item);
    return open("if (%s >= %s)", item, count).line("return;").close();
  }

  Lines close() {
    depth--;
    return line("}");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
