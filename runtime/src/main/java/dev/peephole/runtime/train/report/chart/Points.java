package dev.peephole.runtime.train.report.chart;

import java.util.List;
import java.util.Optional;

/**
 * Points in the plane, each in the colour of its kind.
 *
 * @param alternative what it shows, for those who do not see it
 * @param kinds what the colours stand for
 * @param ground what lies behind the points
 * @param diagonal whether the line is drawn on which both numbers are the same
 */
public record Points(
    String alternative,
    String horizontal,
    String vertical,
    Scale x,
    Scale y,
    List<Point> points,
    List<String> kinds,
    Optional<Ground> ground,
    boolean diagonal)
    implements Drawing {
  /** Where the plot ends below. */
  public static final double BOTTOM = 300;

  /** Where the plot begins above. */
  public static final double TOP = Frame.TOP + 14;

  /** Where it begins on the left. */
  public static final double LEFT = Frame.LEFT;

  /** Where it ends on the right. */
  public static final double RIGHT = Frame.RIGHT;

  /** A point; one that is marked has a ring. */
  public record Point(double x, double y, int kind, boolean marked) {}

  /**
   * A kind, or a share from 0 to 1, at each place of a grid over the whole plot, from the upper
   * left on.
   */
  public record Ground(double[][] numbers, boolean kinds) {}

  @Override
  public void drawTo(Markup page) {
    Frame.open(page, BOTTOM + 38, alternative);
    ground.ifPresent(behind -> draw(page, behind));
    Frame.vertical(page, y, vertical);
    Frame.horizontal(page, x, BOTTOM, horizontal);
    if (diagonal) {
      double low = Math.max(x.low(), y.low());
      double high = Math.min(x.high(), y.high());
      page.empty(
          "line",
          "class",
          "cut",
          "x1",
          x.at(low),
          "y1",
          y.at(low),
          "x2",
          x.at(high),
          "y2",
          y.at(high));
    }
    for (Point point : points) {
      String kind = "point c" + point.kind() % Legend.COLOURS + (point.marked() ? " wrong" : "");
      page.empty(
          "circle",
          "class",
          kind,
          "cx",
          x.at(point.x()),
          "cy",
          y.at(point.y()),
          "r",
          point.marked() ? 3.6 : 2.6);
    }
    page.close();
    if (kinds.size() > 1) {
      Legend.drawPoints(page, kinds);
    }
  }

  private void draw(Markup page, Ground behind) {
    double[][] numbers = behind.numbers();
    double height = (BOTTOM - TOP) / numbers.length;
    for (int r = 0; r < numbers.length; r++) {
      double width = (RIGHT - LEFT) / numbers[r].length;
      int c = 0;
      while (c < numbers[r].length) {
        int end = c + 1;
        long level = level(behind, numbers[r][c]);
        while (end < numbers[r].length && level(behind, numbers[r][end]) == level) {
          end++;
        }
        page.empty(
            "rect",
            "class",
            behind.kinds() ? "ground c" + level % Legend.COLOURS : "plus",
            "x",
            LEFT + c * width,
            "y",
            TOP + r * height,
            "width",
            (end - c) * width,
            "height",
            height,
            "fill-opacity",
            behind.kinds() ? "0.28" : Double.toString(level / 20.0));
        c = end;
      }
    }
  }

  private static long level(Ground behind, double number) {
    return Math.round(behind.kinds() ? number : 20 * number);
  }
}
