package dev.peephole.runtime.train.report.chart;

import java.util.List;

/**
 * The picture that a chart is drawn in, with its axes: 400 units wide, so that its letters can be
 * read on the smallest screen, on which it is some 360 pixels wide.
 */
final class Frame {
  static final double WIDTH = 400;
  static final double LEFT = 46;
  static final double RIGHT = WIDTH - 10;
  static final double TOP = 10;

  private Frame() {}

  /** Begins a picture; what it shows stands in its place for those who do not see it. */
  static void open(Markup page, double height, String alternative) {
    page.open(
        "svg",
        "viewBox",
        "0 0 " + Markup.number(WIDTH) + " " + Markup.number(height),
        "role",
        "img",
        "aria-label",
        alternative);
  }

  /** The horizontal axis below a plot, with what it counts. */
  static void horizontal(Markup page, Scale x, double bottom, String title) {
    horizontal(page, x, x.ticks(), bottom, title);
  }

  /** The same where whole numbers are counted. */
  static void counting(Markup page, Scale x, double bottom, String title) {
    List<Double> whole = x.ticks().stream().filter(tick -> tick == Math.rint(tick)).toList();
    horizontal(page, x, whole, bottom, title);
  }

  private static void horizontal(
      Markup page, Scale x, List<Double> ticks, double bottom, String title) {
    for (double tick : ticks) {
      double at = x.at(tick);
      page.empty("line", "class", "tick", "x1", at, "x2", at, "y1", bottom, "y2", bottom + 4);
      label(page, at, bottom + 16, "middle", Scale.label(tick));
    }
    page.empty("line", "class", "axis", "x1", LEFT, "x2", RIGHT, "y1", bottom, "y2", bottom);
    label(page, (LEFT + RIGHT) / 2, bottom + 32, "middle", title);
  }

  /** The vertical axis, with a line across the plot at each of its numbers. */
  static void vertical(Markup page, Scale y, String title) {
    for (double tick : y.ticks()) {
      double at = y.at(tick);
      page.empty("line", "class", "grid", "x1", LEFT, "x2", RIGHT, "y1", at, "y2", at);
      label(page, LEFT - 6, at + 4, "end", Scale.label(tick));
    }
    if (!title.isEmpty()) {
      page.text("text", title, "class", "label", "x", 4.0, "y", TOP);
    }
  }

  static void label(Markup page, double x, double y, String anchor, String text) {
    page.text("text", text, "class", "label", "x", x, "y", y, "text-anchor", anchor);
  }

  /** A text in the middle of a plot, where lines may be behind it. */
  static void said(Markup page, double x, double y, String text) {
    page.text("text", text, "class", "label said", "x", x, "y", y, "text-anchor", "middle");
  }

  /** A text no longer than so many characters. */
  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
