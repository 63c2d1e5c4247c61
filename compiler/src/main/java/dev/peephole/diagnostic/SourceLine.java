package dev.peephole.diagnostic;

import java.util.Arrays;

/**
 * A line of source as a terminal shows it, with the column that each character begins in: tabs are
 * spread, wide characters take two columns, combining ones none, and what is invisible is shown as
 * a replacement character.
 */
final class SourceLine {
  private static final int TAB = 4;
  private static final String CUT = "…";

  private final String shown;

  /** By offset in the line: where the character begins in {@link #shown}, and in which column. */
  private final int[] begin;

  private final int[] column;

  SourceLine(String text) {
    StringBuilder out = new StringBuilder();
    begin = new int[text.length() + 1];
    column = new int[text.length() + 1];
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      int units = Character.charCount(character);
      Arrays.fill(begin, i, i + units, out.length());
      Arrays.fill(column, i, i + units, width);
      if (character == '\t') {
        int spaces = TAB - width % TAB;
        out.append(" ".repeat(spaces));
        width += spaces;
      } else {
        int visible = visible(character);
        out.appendCodePoint(visible);
        width += width(visible);
      }
      i += units;
    }
    begin[text.length()] = out.length();
    column[text.length()] = width;
    shown = out.toString();
  }

  /** The column in which the character at an offset begins, counted from 0. */
  int column(int offset) {
    return column[Math.min(offset, column.length - 1)];
  }

  int width() {
    return column[column.length - 1];
  }

  /** The part from one column to another; an ellipsis stands at each end that is cut. */
  String part(int from, int to) {
    if (from <= 0 && to >= width()) {
      return shown;
    }
    int first = from <= 0 ? 0 : firstIn(from + 1);
    int last = to >= width() ? column.length - 1 : Math.max(first, firstIn(to) - 1);
    String head = from <= 0 ? "" : CUT + " ".repeat(column[first] - from - 1);
    String tail = to >= width() ? "" : CUT;
    return head + shown.substring(begin[first], begin[last]) + tail;
  }

  /** The offset of the first character that begins in a column or behind it. */
  private int firstIn(int from) {
    int offset = 0;
    while (offset < column.length - 1 && column[offset] < from) {
      offset++;
    }
    return offset;
  }

  private static int visible(int character) {
    int type = Character.getType(character);
    boolean hidden =
        type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.UNASSIGNED
            || type == Character.PRIVATE_USE
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    return hidden ? '\uFFFD' : character;
  }

  /** How many columns a terminal gives a character (the wide ones of Unicode's annex 11). */
  static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        character >= 0x1100 && character <= 0x115F
            || character >= 0x2E80 && character <= 0xA4CF && character != 0x303F
            || character >= 0xAC00 && character <= 0xD7A3
            || character >= 0xF900 && character <= 0xFAFF
            || character >= 0xFE30 && character <= 0xFE6F
            || character >= 0xFF00 && character <= 0xFF60
            || character >= 0xFFE0 && character <= 0xFFE6
            || character >= 0x1F300 && character <= 0x1F64F
            || character >= 0x1F900 && character <= 0x1F9FF
            || character >= 0x20000 && character <= 0x3FFFD;
    return wide ? 2 : 1;
  }
}
