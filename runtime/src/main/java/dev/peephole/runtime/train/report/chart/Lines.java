package dev.peephole.runtime.train.report.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Curves over one axis.
 *
 * @param alternative what it shows, for those who do not see it
 * @param horizontal what is counted along the horizontal axis
 * @param vertical what is measured, above the vertical axis
 * @param curves up to eight
 * @param marks points with a word
 * @param cuts where a line goes down through the plot
 * @param scale the vertical one; else it is fitted
 */
public record Lines(
    String alternative,
    String horizontal,
    String vertical,
    List<Series> curves,
    List<Mark> marks,
    List<Double> cuts,
    Optional<Scale> scale)
    implements Drawing {
  private static final double BOTTOM = 200;
  private static final double CHARACTER = 6.4;

  public Lines {
    curves = List.copyOf(curves);
    marks = List.copyOf(marks);
    cuts = List.copyOf(cuts);
  }

  /** A point of a curve, with what is said of it. */
  public record Mark(int curve, double x, double y, String text) {}

  /** Without marks and cuts. */
  public Lines(String alternative, String horizontal, String vertical, List<Series> curves) {
    this(alternative, horizontal, vertical, curves, List.of(), List.of(), Optional.empty());
  }

  /** With marks. */
  public Lines marked(List<Mark> more) {
    return new Lines(alternative, horizontal, vertical, curves, more, cuts, scale);
  }

  /** With lines down through it. */
  public Lines cut(List<Double> at) {
    return new Lines(alternative, horizontal, vertical, curves, marks, at, scale);
  }

  /** With a vertical axis by the logarithm. */
  public Lines logarithmic() {
    Scale logarithmic = Scale.logarithmic(BOTTOM, Frame.TOP + 14, numbers());
    return new Lines(
        alternative, horizontal, vertical, curves, marks, cuts, Optional.of(logarithmic));
  }

  /** With a vertical axis from one number to another. */
  public Lines between(double low, double high) {
    Scale even = Scale.even(BOTTOM, Frame.TOP + 14, low, high);
    return new Lines(alternative, horizontal, vertical, curves, marks, cuts, Optional.of(even));
  }

  /** With a vertical axis that goes evenly from the least number to the greatest. */
  public Lines even() {
    Scale even = Scale.even(BOTTOM, Frame.TOP + 14, numbers());
    return new Lines(alternative, horizontal, vertical, curves, marks, cuts, Optional.of(even));
  }

  private double[] numbers() {
    return curves.stream().flatMapToDouble(c -> Arrays.stream(c.y())).toArray();
  }

  @Override
  public void drawTo(Markup page) {
    double bottom = BOTTOM;
    Frame.open(page, bottom + 38, alternative);
    double[] all = curves.stream().flatMapToDouble(c -> Arrays.stream(c.x())).toArray();
    Scale x = Scale.even(Frame.LEFT, Frame.RIGHT, all);
    Scale y = scale.orElseGet(() -> Scale.fitting(bottom, Frame.TOP + 14, numbers()));
    Frame.vertical(page, y, vertical + (y.logarithmic() ? " (logarithmic)" : ""));
    for (double cut : cuts) {
      double at = x.at(cut);
      page.empty("line", "class", "cut", "x1", at, "x2", at, "y1", Frame.TOP + 14, "y2", bottom);
    }
    Frame.counting(page, x, bottom, horizontal);
    for (int c = 0; c < curves.size(); c++) {
      curve(page, curves.get(c), c, x, y);
    }
    marks.forEach(mark -> mark(page, mark, x, y));
    page.close();
    if (curves.size() > 1) {
      Legend.draw(page, curves.stream().map(Series::name).toList());
    }
  }

  private static void curve(Markup page, Series curve, int number, Scale x, Scale y) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    int points = 0;
    for (int i : curve.drawn()) {
      if (Double.isFinite(curve.y()[i])) {
        path.append(pen ? 'L' : 'M')
            .append(Markup.number(x.at(curve.x()[i])))
            .append(' ')
            .append(Markup.number(y.at(curve.y()[i])));
        points++;
      }
      pen = Double.isFinite(curve.y()[i]);
    }
    page.empty("path", "class", "curve c" + number % 8, "d", path);
    if (points <= 12) {
      for (int i : curve.drawn()) {
        if (Double.isFinite(curve.y()[i])) {
          page.open(
              "circle",
              "class",
              "dot c" + number % 8,
              "cx",
              x.at(curve.x()[i]),
              "cy",
              y.at(curve.y()[i]),
              "r",
              2.6);
          page.text("title", Scale.label(curve.x()[i]) + ": " + Scale.label(curve.y()[i])).close();
        }
      }
    }
  }

  private static void mark(Markup page, Mark mark, Scale x, Scale y) {
    double cx = x.at(mark.x());
    double cy = y.at(mark.y());
    page.empty("circle", "class", "mark c" + mark.curve() % 8, "cx", cx, "cy", cy, "r", 4.0);
    double half = mark.text().length() * CHARACTER / 2;
    double at = Math.max(Frame.LEFT + half, Math.min(Frame.RIGHT - half, cx));
    Frame.said(page, at, cy < Frame.TOP + 40 ? cy + 18 : cy - 9, mark.text());
  }
}
