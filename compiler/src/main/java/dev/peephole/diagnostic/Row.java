package dev.peephole.diagnostic;

import java.util.ArrayList;
import java.util.List;

/** One row of a message: cells that are written in any order, each in its own ink. */
final class Row {
  private final StringBuilder text = new StringBuilder();
  private final List<Ink> inks = new ArrayList<>();

  /** Writes from a column on, over what is there. */
  void write(int column, String content, Ink ink) {
    while (text.length() < column + content.length()) {
      text.append(' ');
      inks.add(Ink.PLAIN);
    }
    text.replace(column, column + content.length(), content);
    for (int i = column; i < column + content.length(); i++) {
      inks.set(i, ink);
    }
  }

  /** Writes another row behind a space. */
  void append(Row other) {
    text.append(' ').append(other.text);
    inks.add(Ink.PLAIN);
    inks.addAll(other.inks);
  }

  int width() {
    return text.length();
  }

  /** The row with its inks, or as bare text. */
  String toString(boolean colour) {
    if (!colour) {
      return text.toString();
    }
    StringBuilder inked = new StringBuilder();
    int start = 0;
    for (int i = 1; i <= text.length(); i++) {
      if (i == text.length() || inks.get(i) != inks.get(start)) {
        inked.append(inks.get(start).set(text.substring(start, i)));
        start = i;
      }
    }
    return inked.toString();
  }
}
