package dev.peephole.docs.library;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A small picture in SVG with two axes: lines, dots and bars in coordinates of the data, in colours
 * that follow the reader's preference for light or dark.
 */
final class Drawing {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 250;
  private static final int LEFT = 44;
  private static final int RIGHT = 12;
  private static final int TOP = 34;
  private static final int BOTTOM = 28;

  private static final String STYLE =
      """
      <style>
        text { font: 11px sans-serif; fill: #333 }
        .page { fill: #fff } .frame { fill: none; stroke: #bbb } .axis { stroke: #bbb }
        .thin { fill: none; stroke: #ccc } .bar { fill: #1f5fa8 }
        .a { fill: none; stroke: #1f5fa8; stroke-width: 2 }
        .b { fill: none; stroke: #b3541e; stroke-width: 1.6; stroke-dasharray: 5 3 }
        .c { fill: none; stroke: #2f7d4f; stroke-width: 1.6; stroke-dasharray: 2 2 }
        .dot { stroke-width: 4; stroke-dasharray: none; stroke-linecap: round }
        @media (prefers-color-scheme: dark) {
          text { fill: #ccc } .page { fill: #16181c } .frame, .axis { stroke: #555 }
          .thin { stroke: #3c4048 } .bar { fill: #7db3ec } .a { stroke: #7db3ec }
          .b { stroke: #f0a36b } .c { stroke: #7fcf9b }
        }
      </style>
      """;

  /** Between one number along an edge and the next. */
  private static final List<Double> STEPS = List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0);

  private final double left;
  private final double right;
  private final double bottom;
  private final double top;
  private final StringBuilder inside = new StringBuilder();
  private final StringBuilder around = new StringBuilder();
  private int keys = LEFT;

  /** A picture of the data between these coordinates. */
  Drawing(double left, double right, double bottom, double top) {
    this.left = left;
    this.right = right;
    this.bottom = bottom;
    this.top = top;
  }

  private double x(double data) {
    return LEFT + (data - left) / (right - left) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double data) {
    return HEIGHT - BOTTOM - (data - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM);
  }

  /** A line through points, in pieces where it would jump over half of the picture. */
  Drawing line(String style, List<double[]> points) {
    StringBuilder path = new StringBuilder();
    double before = Double.NaN;
    for (double[] point : points) {
      boolean on = Math.abs(point[1] - before) <= (top - bottom) / 8;
      path.append(on ? "L" : "M").append(pair(x(point[0]), y(point[1])));
      before = point[1];
    }
    inside.append("<path class='%s' d='%s'/>\n".formatted(style, path));
    return this;
  }

  /** A line through all points, and a dot at each. */
  Drawing path(String style, List<double[]> points) {
    StringBuilder path = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    for (double[] point : points) {
      String at = pair(x(point[0]), y(point[1]));
      path.append(path.isEmpty() ? "M" : "L").append(at);
      dots.append("M").append(at).append("h0");
    }
    inside.append("<path class='%s' d='%s'/>\n".formatted(style, path));
    inside.append("<path class='%s dot' d='%s'/>\n".formatted(style, dots));
    return this;
  }

  /** An ellipse around a point. */
  Drawing ellipse(double centreX, double centreY, double halfWidth, double halfHeight) {
    inside.append(
        "<ellipse class='thin' cx='%s' cy='%s' rx='%s' ry='%s'/>\n"
            .formatted(
                number(x(centreX)),
                number(y(centreY)),
                number(x(centreX + halfWidth) - x(centreX)),
                number(y(centreY) - y(centreY + halfHeight))));
    return this;
  }

  /** A bar from 0 up. */
  Drawing bar(double from, double to, double height) {
    inside.append(
        "<rect class='bar' x='%s' y='%s' width='%s' height='%s'/>\n"
            .formatted(
                number(x(from)),
                number(y(height)),
                number(x(to) - x(from) - 1),
                number(y(0) - y(height))));
    return this;
  }

  /** What the lines of a style are, above the picture. */
  Drawing key(String style, String text) {
    around.append(
        "<path class='%s' d='M%sh18'/><text x='%s' y='22'>%s</text>\n"
            .formatted(style, pair(keys, 18), keys + 23, escaped(text)));
    keys += 38 + 6 * text.codePointCount(0, text.length());
    return this;
  }

  /** Numbers along the lower edge and the left one. */
  Drawing ticks(List<Double> along, List<Double> up) {
    for (double tick : along) {
      around.append(
          "<path class='axis' d='M%sv4'/><text x='%s' y='%s' text-anchor='middle'>%s</text>\n"
              .formatted(
                  pair(x(tick), HEIGHT - BOTTOM), number(x(tick)), HEIGHT - 10, label(tick)));
    }
    for (double tick : up) {
      around.append(
          "<path class='axis' d='M%sh-4'/><text x='%s' y='%s' text-anchor='end'>%s</text>\n"
              .formatted(pair(LEFT, y(tick)), LEFT - 7, number(y(tick) + 4), label(tick)));
    }
    return this;
  }

  /** Round numbers between two, eight at most. */
  static List<Double> round(double from, double to) {
    double step = STEPS.stream().filter(s -> (to - from) / s <= 8).findFirst().orElseThrow();
    return IntStream.rangeClosed((int) Math.ceil(from / step), (int) Math.floor(to / step))
        .mapToObj(i -> i * step)
        .toList();
  }

  /** The two axes, where 0 is in the picture. */
  Drawing axes() {
    if (left < 0 && right > 0) {
      inside.append("<path class='axis' d='M%sV%s'/>\n".formatted(pair(x(0), 0), HEIGHT));
    }
    if (bottom < 0 && top > 0) {
      inside.append("<path class='axis' d='M%sH%s'/>\n".formatted(pair(0, y(0)), WIDTH));
    }
    return this;
  }

  /**
   * The whole file.
   *
   * @param title what is seen, for those who do not see it
   */
  String svg(String title) {
    int width = WIDTH - LEFT - RIGHT;
    int height = HEIGHT - TOP - BOTTOM;
    String frame = "x='%s' y='%s' width='%s' height='%s'".formatted(LEFT, TOP, width, height);
    return "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %s %s' width='%s' height='%s' role='img'>\n"
            .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT)
        + "<title>"
        + escaped(title)
        + "</title>\n"
        + STYLE
        + "<rect class='page' width='100%' height='100%'/>\n"
        + "<clipPath id='frame'><rect "
        + frame
        + "/></clipPath>\n"
        + "<g clip-path='url(#frame)'>\n"
        + inside
        + "</g>\n"
        + "<rect class='frame' "
        + frame
        + "/>\n"
        + around
        + "</svg>\n";
  }

  private static String pair(double x, double y) {
    return number(x) + " " + number(y);
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private static String label(double tick) {
    String text = String.format(Locale.ROOT, "%.2f", Math.abs(tick)).replaceAll("\\.?0+$", "");
    return (tick < 0 ? "−" : "") + (text.isEmpty() ? "0" : text);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
