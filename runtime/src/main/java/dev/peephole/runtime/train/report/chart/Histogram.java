package dev.peephole.runtime.train.report.chart;

/**
 * How often numbers are in each of some stretches: as bars, and as they were before as a line.
 *
 * @param alternative what it shows, for those who do not see it
 * @param horizontal what is counted
 * @param low where the first stretch begins
 * @param high where the last one ends
 * @param now shares of all numbers
 * @param before the same, earlier; as many stretches, or none
 */
public record Histogram(
    String alternative, String horizontal, double low, double high, double[] now, double[] before)
    implements Drawing {
  private static final double BOTTOM = 130;

  @Override
  public void drawTo(Markup page) {
    double[] all = new double[now.length + before.length + 1];
    System.arraycopy(now, 0, all, 0, now.length);
    System.arraycopy(before, 0, all, now.length, before.length);
    Scale x = Scale.even(Frame.LEFT, Frame.RIGHT, low, high);
    Scale y = Scale.even(BOTTOM, Frame.TOP + 14, all);
    Frame.open(page, BOTTOM + 38, alternative);
    Frame.vertical(page, y, "share of the numbers");
    double width = (x.to() - x.from()) / now.length;
    for (int k = 0; k < now.length; k++) {
      double top = y.at(now[k]);
      page.open(
          "rect",
          "class",
          "bar",
          "x",
          x.from() + k * width + 0.5,
          "y",
          top,
          "width",
          width - 1,
          "height",
          BOTTOM - top);
      page.text("title", Math.round(now[k] * 1000) / 10.0 + " %").close();
    }
    if (before.length > 0) {
      StringBuilder path = new StringBuilder("M" + Markup.number(x.from()) + " " + BOTTOM);
      for (int k = 0; k < before.length; k++) {
        path.append('V').append(Markup.number(y.at(before[k])));
        path.append('H').append(Markup.number(x.from() + (k + 1) * width));
      }
      page.empty("path", "class", "before", "d", path.append('V').append(BOTTOM));
    }
    Frame.horizontal(page, x, BOTTOM, horizontal);
    page.close();
  }
}
