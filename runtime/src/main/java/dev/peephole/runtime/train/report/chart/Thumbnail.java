package dev.peephole.runtime.train.report.chart;

import java.util.Arrays;

/**
 * A small picture of one example: rows of an image, or, if there is one row, a curve.
 *
 * @param alternative what it shows, for those who do not see it
 */
public record Thumbnail(String alternative, double[][] numbers) implements Drawing {
  private static final double SIDE = 84;
  private static final int PIXELS = 28;

  @Override
  public void drawTo(Markup page) {
    double height = numbers.length == 1 ? SIDE / 2 : SIDE * numbers.length / numbers[0].length;
    page.open(
        "svg",
        "class",
        "thumbnail",
        "viewBox",
        "0 0 " + Markup.number(SIDE) + " " + Markup.number(height),
        "role",
        "img",
        "aria-label",
        alternative);
    if (numbers.length == 1) {
      curve(page, numbers[0], height);
    } else {
      image(page, height);
    }
    page.close();
  }

  private static void curve(Markup page, double[] numbers, double height) {
    Scale y = Scale.even(height - 2, 2, numbers);
    StringBuilder path = new StringBuilder();
    Series series = Series.counted("", numbers);
    for (int i : series.drawn()) {
      double x = 1 + (SIDE - 2) * i / Math.max(1, numbers.length - 1);
      path.append(path.isEmpty() ? 'M' : 'L').append(Markup.number(x)).append(' ');
      path.append(Markup.number(y.at(numbers[i])));
    }
    page.empty("path", "class", "curve c0", "d", path);
  }

  private void image(Markup page, double height) {
    int rows = Math.min(PIXELS, numbers.length);
    int columns = Math.min(PIXELS, numbers[0].length);
    double[] all = Arrays.stream(numbers).flatMapToDouble(Arrays::stream).toArray();
    Scale ink = Scale.even(0, 1, all);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double value = numbers[r * numbers.length / rows][c * numbers[0].length / columns];
        long level = Math.round(10 * ink.share(value));
        if (level > 0) {
          page.empty(
              "rect",
              "class",
              "ink",
              "x",
              c * SIDE / columns,
              "y",
              r * height / rows,
              "width",
              SIDE / columns,
              "height",
              height / rows,
              "fill-opacity",
              Double.toString(level / 10.0));
        }
      }
    }
  }
}
