package dev.peephole.emit.opencl;

/** Lines of C, indented as they are nested. */
final class Lines {
  private final StringBuilder text = new StringBuilder();
  private int depth;

  Lines line(String format, Object... parts) {
    String line = parts.length == 0 ? format : format.formatted(parts);
    text.append("  ".repeat(depth)).append(line).append('\n');
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
