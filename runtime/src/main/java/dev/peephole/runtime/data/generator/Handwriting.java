package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.generator.DigitShapes.Curve;
import dev.peephole.runtime.data.generator.DigitShapes.Point;
import dev.peephole.runtime.kernel.Philox;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A hand that writes each digit a little otherwise: it bends the shape by a few waves across the
 * paper, slants, stretches and turns it, and takes thin pens and thick ones.
 */
final class Handwriting {
  /** The height or width of a digit, whichever is greater, in pixels; some are smaller. */
  private static final double SIZE = 19.5;

  private static final double SHRINK = 0.09;

  /** Standard deviations in the units of {@link DigitShapes}. */
  private static final double BEND = 4.3;

  private static final double SLIP = 2.5;

  /** Tangents of the angle by which digits lean to the right. */
  private static final double SLANT = 0.12;

  private static final double SLANTS = 0.18;

  private static final double STRETCH = 0.14;
  private static final double TURN = 0.08;

  /** In pixels. */
  private static final double SHIFT = 0.6;

  private static final double RADIUS = 1.2;
  private static final double RADII = 0.55;

  /** How much less than black the ink may be. */
  private static final double PALE = 0.25;

  /** Waves to each side, and the greatest of their angular frequencies: 1½ in a digit's height. */
  private static final int WAVES = 3;

  private static final double FREQUENCY = 2 * Math.PI * 1.5 / 100;

  /** Straight pieces between two points of a shape. */
  private static final int PIECES = 6;

  private final Philox random;
  private final double variety;

  /**
   * @param random what the hand's deviations are drawn from
   * @param variety how great they are, 1 for those of people
   */
  Handwriting(Philox random, double variety) {
    this.random = random;
    this.variety = variety;
  }

  /** Writes a digit in one of its ways. */
  void write(int digit, Canvas canvas) {
    List<List<Curve>> ways = DigitShapes.of(digit);
    List<Curve> way = slipped(ways.get(random.nextInt(ways.size())));
    List<Curve> leaning = moved(moved(way, bending()), leaning());
    List<Curve> fitted = moved(leaning, fitting(leaning));
    double radius = Math.max(0, RADIUS + variety * RADII * between(-1, 1));
    double ink = 1 - Math.min(1, variety) * between(0, PALE);
    fitted.forEach(curve -> draw(curve, canvas, radius, ink));
  }

  private double deviation(double standard) {
    return variety * standard * random.nextGaussian();
  }

  private double between(double least, double most) {
    return least + (most - least) * random.nextUniform();
  }

  private static List<Curve> moved(List<Curve> way, UnaryOperator<Point> move) {
    return way.stream().map(curve -> curve.moved(move)).toList();
  }

  /** Where the pen was lifted, it is not put down quite where it was meant to be. */
  private List<Curve> slipped(List<Curve> way) {
    List<Curve> slipped = new ArrayList<>();
    UnaryOperator<Point> slip = UnaryOperator.identity();
    for (Curve curve : way) {
      if (curve.lifted()) {
        double x = deviation(SLIP);
        double y = deviation(SLIP);
        slip = p -> new Point(p.x() + x, p.y() + y);
      }
      slipped.add(curve.moved(slip));
    }
    return slipped;
  }

  /** Moves points by waves, so that what lies together stays together. */
  private UnaryOperator<Point> bending() {
    List<ToDoubleFunction<Point>> aside = Stream.generate(this::wave).limit(WAVES).toList();
    List<ToDoubleFunction<Point>> down = Stream.generate(this::wave).limit(WAVES).toList();
    return p -> new Point(p.x() + sum(aside, p), p.y() + sum(down, p));
  }

  private ToDoubleFunction<Point> wave() {
    double height = deviation(BEND);
    double x = between(-FREQUENCY, FREQUENCY);
    double y = between(-FREQUENCY, FREQUENCY);
    double phase = between(0, 2 * Math.PI);
    return p -> height * StrictMath.sin(x * p.x() + y * p.y() + phase);
  }

  private static double sum(List<ToDoubleFunction<Point>> waves, Point point) {
    return waves.stream().mapToDouble(wave -> wave.applyAsDouble(point)).sum();
  }

  /** Slants, stretches and turns. */
  private UnaryOperator<Point> leaning() {
    double slant = variety * SLANT + deviation(SLANTS);
    double width = StrictMath.exp(deviation(STRETCH));
    double turn = deviation(TURN);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    return p -> {
      double x = width * (p.x() - slant * p.y());
      return new Point(cos * x - sin * p.y(), sin * x + cos * p.y());
    };
  }

  /** Brings a digit to its size, and about to the middle of the paper. */
  private UnaryOperator<Point> fitting(List<Curve> way) {
    DoubleSummaryStatistics x = range(way, Point::x);
    DoubleSummaryStatistics y = range(way, Point::y);
    double longest = Math.max(x.getMax() - x.getMin(), y.getMax() - y.getMin());
    double scale = SIZE * StrictMath.exp(-Math.abs(deviation(SHRINK))) / longest;
    double left = Canvas.SIDE / 2.0 + deviation(SHIFT) - scale * (x.getMin() + x.getMax()) / 2;
    double top = Canvas.SIDE / 2.0 + deviation(SHIFT) - scale * (y.getMin() + y.getMax()) / 2;
    return p -> new Point(left + scale * p.x(), top + scale * p.y());
  }

  private static DoubleSummaryStatistics range(
      List<Curve> way, ToDoubleFunction<Point> coordinate) {
    return way.stream()
        .flatMap(curve -> curve.points().stream())
        .mapToDouble(coordinate)
        .summaryStatistics();
  }

  private static void draw(Curve curve, Canvas canvas, double radius, double ink) {
    Point from = curve.points().get(0);
    for (int p = 0; p + 1 < curve.points().size(); p++) {
      for (int piece = 1; piece <= PIECES; piece++) {
        Point to = curve.between(p, (double) piece / PIECES);
        canvas.line(from.x(), from.y(), to.x(), to.y(), radius, ink);
        from = to;
      }
    }
  }
}
