package dev.peephole.runtime.data.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The ways in which the ten digits are written.
 *
 * <p>A way is the points that the pen goes through, x to the right and y down, in a box that is
 * about 60 wide and 100 high. The pen draws a smooth curve, up to a comma, where it turns in a
 * corner, or a slash, where it is lifted.
 */
final class DigitShapes {
  private static final List<List<String>> WAYS =
      List.of(
          List.of(
              "36 2  16 8  5 28  3 56  12 84  30 98  48 88  58 62  56 32  46 8  28 2",
              "44 6  18 4  2 34  6 78  30 98  56 76  60 34  44 6  26 8",
              "30 0  14 22  10 60  26 98  44 80  48 40  40 10  28 2"),
          List.of(
              "32 0  30 50  28 100",
              "12 24  34 0, 34 0  34 100",
              "12 22  34 0, 34 0  33 100 / 10 100  58 99"),
          List.of(
              "4 22  14 4  36 0  54 16  50 42  26 72  2 98, 2 98  60 97",
              "6 20  24 1  48 6  54 30  36 62  12 92  2 88  8 76  24 82  42 95  62 90",
              "4 14  28 0  52 12  46 42  4 100, 4 100  34 96  60 98"),
          List.of(
              "4 12  26 0  50 12  46 36  22 46, 22 46  50 54  58 76  36 99  2 88",
              "6 3  54 2, 54 2  24 42, 24 42  52 52  58 76  36 99  2 90",
              "6 14  28 0  50 14  44 38  24 48  19 44  28 45  50 56  54 80  32 100  2 88"),
          List.of(
              "14 0  9 30  4 56, 4 56  60 54 / 46 8  42 100",
              "44 100  44 0, 44 0  2 66, 2 66  62 66",
              "10 2  4 30  8 50  28 55  50 46 / 54 2  49 48  46 100"),
          List.of(
              "54 2  14 3, 14 3  8 43, 8 43  34 34  56 54  52 84  28 99  2 88",
              "14 4  10 46, 10 46  36 38  56 58  48 88  24 100  2 90 / 14 4  60 1",
              "56 3  24 4  13 22  24 42  48 54  52 80  30 100  2 88"),
          List.of(
              "46 2  18 28  4 64  16 94  40 96  54 76  42 56  18 62  7 78",
              "38 0  14 42  4 76  22 99  46 92  52 70  34 56  9 72",
              "54 8  36 0  14 22  4 60  12 92  36 98  54 78  44 58  24 60  7 78"),
          List.of(
              "2 4  56 2, 56 2  36 50  22 100",
              "2 5  56 2, 56 2  38 48  22 100 / 12 52  52 48",
              "4 20  6 5  30 7  58 1, 58 1  34 46  26 100"),
          List.of(
              "52 14  30 0  8 16  20 40  44 58  54 82  30 100  6 82  16 58  42 38  52 14",
              "30 46  8 30  10 8  32 0  52 12  50 34  30 46  4 66  8 92  32 100  56 88  54 62  30 46",
              "58 6  36 0  10 12  16 36  46 60  50 86  26 100  6 86  14 62  42 40  58 8"),
          List.of(
              "52 16  34 0  10 10  4 34  22 50  44 40  54 14, 54 14  52 50  48 100",
              "50 14  28 0  6 18  10 44  34 50  52 22  55 14  54 50  40 88  10 97",
              "48 8  22 4  6 28  20 48  44 36  53 6  46 56  34 100"));

  private static final List<List<List<Curve>>> CURVES =
      WAYS.stream().map(ways -> ways.stream().map(DigitShapes::curves).toList()).toList();

  private DigitShapes() {}

  /** A place on the paper, x to the right and y down. */
  record Point(double x, double y) {}

  /**
   * Points that the pen goes through without turning.
   *
   * @param points two at least
   * @param lifted whether the pen was lifted before, and does not go on in a corner
   */
  record Curve(List<Point> points, boolean lifted) {

    Curve moved(UnaryOperator<Point> move) {
      return new Curve(points.stream().map(move).toList(), lifted);
    }

    /** The place between the points p and p + 1, at t from 0 to 1 (Catmull &amp; Rom, 1974). */
    Point between(int p, double t) {
      Point b = points.get(p);
      Point c = points.get(p + 1);
      Point a = p > 0 ? points.get(p - 1) : b;
      Point d = p + 2 < points.size() ? points.get(p + 2) : c;
      return new Point(
          spline(a.x(), b.x(), c.x(), d.x(), t), spline(a.y(), b.y(), c.y(), d.y(), t));
    }

    private static double spline(double a, double b, double c, double d, double t) {
      return b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }
  }

  /** The ways to write a digit, each the curves that it is made of. */
  static List<List<Curve>> of(int digit) {
    return CURVES.get(digit);
  }

  private static List<Curve> curves(String way) {
    List<Curve> curves = new ArrayList<>();
    for (String stroke : way.split(" / ")) {
      boolean lifted = true;
      for (String curve : stroke.split(", ")) {
        curves.add(new Curve(points(curve), lifted));
        lifted = false;
      }
    }
    return List.copyOf(curves);
  }

  private static List<Point> points(String curve) {
    return Stream.of(curve.split("  "))
        .map(point -> point.split(" "))
        .map(xy -> new Point(Double.parseDouble(xy[0]), Double.parseDouble(xy[1])))
        .toList();
  }
}
