package dev.peephole.runtime.train.report.chart;

import java.util.List;

/** Which colour stands for what. */
final class Legend {
  /** So many colours there are. */
  static final int COLOURS = 8;

  private Legend() {}

  /** A list of names in the order of their colours, those of curves. */
  static void draw(Markup page, List<String> names) {
    draw(page, names, true);
  }

  /** The same for points. */
  static void drawPoints(Markup page, List<String> names) {
    draw(page, names, false);
  }

  private static void draw(Markup page, List<String> names, boolean curves) {
    page.open("ul", "class", "legend");
    for (int c = 0; c < names.size(); c++) {
      page.open("li");
      page.open("svg", "viewBox", "0 0 16 8", "aria-hidden", "true", "class", "swatch");
      String colour = " c" + c % COLOURS;
      if (curves) {
        page.empty("path", "class", "curve" + colour, "d", "M0 4h16");
      } else {
        page.empty("circle", "class", "point" + colour, "cx", 8.0, "cy", 4.0, "r", 3.4);
      }
      page.close().text(names.get(c)).close();
    }
    page.close();
  }
}
