package dev.peephole.source;

import java.util.ArrayList;
import java.util.List;

/** The text of a model file; finds lines and columns. */
public final class SourceFile {
  private final String name;
  private final String text;
  private final List<Integer> lineStarts = new ArrayList<>();

  /**
   * @param name how messages call the file
   * @param text its whole content
   */
  public SourceFile(String name, String text) {
    this.name = name;
    this.text = text;
    lineStarts.add(0);
    for (int i = 0; i < text.length(); i++) {
      if (endsLine(i)) {
        lineStarts.add(i + 1);
      }
    }
  }

  /** Lines end with LF, CR LF or CR. */
  private boolean endsLine(int offset) {
    return text.charAt(offset) == '\n'
        || text.charAt(offset) == '\r'
            && (offset + 1 == text.length() || text.charAt(offset + 1) != '\n');
  }

  public String name() {
    return name;
  }

  /** The name without its folders. */
  public String shortName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  public String text() {
    return text;
  }

  /** The line, counted from 1, that holds the character at {@code offset}. */
  public int line(int offset) {
    int low = 0;
    int high = lineStarts.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (lineStarts.get(middle) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low + 1;
  }

  /** The column, counted from 1, of the character at {@code offset}. */
  public int column(int offset) {
    return offset - lineStarts.get(line(offset) - 1) + 1;
  }

  /** The text of a line, counted from 1, without its end. */
  public String lineText(int line) {
    int start = lineStarts.get(line - 1);
    int end = line < lineStarts.size() ? lineStarts.get(line) - 1 : text.length();
    return text.substring(start, end).stripTrailing();
  }

  @Override
  public String toString() {
    return name;
  }
}
