package dev.peephole.diagnostic;

/** What stands around the lines of source: the title, the gutter with line numbers, the notes. */
final class Frame {
  private final StringBuilder out = new StringBuilder();
  private final boolean colour;
  private final String margin;

  /**
   * @param digits how many digits the longest line number has
   */
  Frame(int digits, boolean colour) {
    this.colour = colour;
    this.margin = " ".repeat(digits + 2);
  }

  void title(String kind, Ink ink, String message) {
    Row row = new Row();
    row.write(0, kind, ink);
    row.write(row.width(), ": " + message, Ink.MESSAGE);
    add(row);
  }

  void place(String place) {
    Row row = new Row();
    row.write(0, margin + "┌─ ", Ink.FRAME);
    row.write(row.width(), place, Ink.PLAIN);
    add(row);
  }

  /** A line of source. */
  void line(int number, String source) {
    Row row = gutter(String.valueOf(number));
    if (!source.isBlank()) {
      row.write(row.width(), " " + source, Ink.PLAIN);
    }
    add(row);
  }

  /** A row of marks and words below a line of source. */
  void below(Row marks) {
    Row row = gutter("");
    row.append(marks);
    add(row);
  }

  /** Lines that are left out. */
  void gap() {
    add(gutter("…"));
  }

  void note(String kind, String text) {
    Row row = new Row();
    row.write(0, margin + "= ", Ink.FRAME);
    row.write(row.width(), kind, Ink.HINT);
    row.write(row.width(), text.replace("\n", "\n" + margin + "  "), Ink.PLAIN);
    add(row);
  }

  private Row gutter(String label) {
    Row row = new Row();
    row.write(margin.length() - 1 - label.length(), label, Ink.FRAME);
    row.write(margin.length(), "│", Ink.FRAME);
    return row;
  }

  private void add(Row row) {
    out.append(row.toString(colour)).append('\n');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
