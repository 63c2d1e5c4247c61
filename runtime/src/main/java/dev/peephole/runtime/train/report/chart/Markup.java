package dev.peephole.runtime.train.report.chart;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * HTML with SVG in it, element by element. Whatever is given as text or as an attribute stays that:
 * no character of it ever becomes markup.
 */
public final class Markup {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names, each with its value behind it
   */
  public Markup open(String element, Object... attributes) {
    begin(element, attributes);
    out.append('>');
    open.push(element);
    return this;
  }

  /** An element that holds nothing and has no end. */
  public Markup empty(String element, Object... attributes) {
    begin(element, attributes);
    out.append("/>");
    return this;
  }

  /** An element that holds text alone. */
  public Markup text(String element, String text, Object... attributes) {
    return open(element, attributes).text(text).close();
  }

  private void begin(String element, Object... attributes) {
    out.append('<').append(element);
    for (int a = 0; a < attributes.length; a += 2) {
      out.append(' ').append(attributes[a]).append("=\"");
      append(attributes[a + 1] instanceof Double v ? number(v) : attributes[a + 1].toString());
      out.append('"');
    }
  }

  /** Text. */
  public Markup text(String text) {
    append(text);
    return this;
  }

  private void append(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
      }
    }
  }

  /** Ends the element that was begun last. */
  public Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** A style sheet, which stands in its element as it is. */
  public Markup style(String sheet) {
    if (sheet.contains("<")) {
      throw new IllegalArgumentException("a style sheet has no <");
    }
    out.append("<style>").append(sheet).append("</style>");
    return this;
  }

  /** Begins a new line, for whoever reads the file. */
  public Markup line() {
    out.append('\n');
    return this;
  }

  /** A coordinate: a tenth of a pixel is enough. */
  public static String number(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
  }

  /** The document; all elements must have ended. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException(open.peek() + " has no end");
    }
    return "<!doctype html>\n" + out + "\n";
  }
}
