package dev.peephole.runtime.train.report.chart;

import java.util.List;

/**
 * Numbers as colours, a row each line. What is below 0 has a colour of its own, if the scale goes
 * below 0.
 *
 * @param alternative what it shows, for those who do not see it
 * @param horizontal what goes from left to right
 * @param rows what the lines are called
 * @param columns what the columns are called
 * @param numbers row by row; what is not finite stays empty
 * @param scale what is faint and what is full; around 0 if it goes below 0
 */
public record HeatMap(
    String alternative,
    String horizontal,
    List<String> rows,
    List<String> columns,
    double[][] numbers,
    Scale scale)
    implements Drawing {
  private static final double CHARACTER = 6.4;
  private static final int MANY = 1200;

  @Override
  public void drawTo(Markup page) {
    double left = left();
    double height = rows.size() > 20 ? 9 : rows.size() > 10 ? 12 : 16;
    double bottom = Frame.TOP + height * rows.size();
    double width = (Frame.RIGHT - left) / Math.max(1, columns.size());
    Frame.open(page, bottom + 58, alternative);
    int stride = rows.size() > 20 ? 4 : 1;
    for (int r = 0; r < rows.size(); r++) {
      double top = Frame.TOP + r * height;
      if (r % stride == 0) {
        Frame.label(page, left - 5, top + height / 2 + 4, "end", Frame.cut(rows.get(r), 18));
      }
      row(page, r, left, width, top, height);
    }
    columns(page, left, width, bottom);
    Frame.label(page, (left + Frame.RIGHT) / 2, bottom + 30, "middle", horizontal);
    key(page, left, bottom + 40);
    page.close();
  }

  private double left() {
    int longest = rows.stream().mapToInt(String::length).max().orElse(0);
    return Math.max(24, Math.min(18, longest) * CHARACTER + 8);
  }

  private void row(Markup page, int r, double left, double width, double top, double height) {
    boolean told = rows.size() * columns.size() <= MANY;
    int c = 0;
    while (c < columns.size()) {
      int end = c + 1;
      while (!told && end < columns.size() && level(r, end) == level(r, c)) {
        end++;
      }
      double value = numbers[r][c];
      if (Double.isFinite(value)) {
        Object[] place = {
          "class",
          level(r, c) < 0 ? "minus" : "plus",
          "x",
          left + c * width,
          "y",
          top,
          "width",
          (end - c) * width,
          "height",
          height - 1,
          "fill-opacity",
          Double.toString(Math.abs(level(r, c)) / 20.0)
        };
        if (told) {
          String text = rows.get(r) + ", " + columns.get(c) + ": " + Scale.label(value);
          page.open("rect", place).text("title", text).close();
        } else {
          page.empty("rect", place);
        }
      }
      c = end;
    }
  }

  /** From −20 to 20, how full a colour it has. */
  private int level(int r, int c) {
    double value = numbers[r][c];
    if (!Double.isFinite(value)) {
      return Integer.MIN_VALUE;
    }
    if (scale.low() < 0 && !scale.logarithmic()) {
      double most = Math.max(-scale.low(), scale.high());
      return (int) Math.round(20 * Math.max(-1, Math.min(1, value / most)));
    }
    return (int) Math.round(20 * scale.share(value));
  }

  private void columns(Markup page, double left, double width, double bottom) {
    int longest = columns.stream().mapToInt(String::length).max().orElse(1);
    double wide = longest * CHARACTER + 6;
    int stride = Math.max(1, (int) Math.ceil(wide / width));
    for (int c = 0; c < columns.size(); c += stride) {
      Frame.label(page, left + (c + 0.5) * width, bottom + 14, "middle", columns.get(c));
    }
  }

  private void key(Markup page, double left, double top) {
    boolean around = scale.low() < 0 && !scale.logarithmic();
    double most = Math.max(-scale.low(), scale.high());
    String low = Scale.label(around ? -most : scale.low());
    String high = Scale.label(around ? most : scale.high());
    Frame.label(page, left + 40, top + 11, "end", low);
    for (int k = 0; k < 10; k++) {
      int level = around ? -20 + k * 40 / 9 : 1 + k * 19 / 9;
      page.empty(
          "rect",
          "class",
          level < 0 ? "minus" : "plus",
          "x",
          left + 46 + k * 9,
          "y",
          top + 2,
          "width",
          9.3,
          "height",
          9.0,
          "fill-opacity",
          Double.toString(Math.abs(level) / 20.0));
    }
    String how = scale.logarithmic() ? " (logarithmic)" : "";
    Frame.label(page, left + 142, top + 11, "start", high + how);
  }
}
