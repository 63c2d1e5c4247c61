package dev.peephole.emit;

import dev.peephole.ir.Shape;
import dev.peephole.loop.Expr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lengths and numbers of places. In a batch there are {@code N} examples, and open axes have {@code
 * T} places.
 */
public final class Extents {
  /** The length of the longest example of the batch. */
  public static final String STEPS = "T";

  /** The number of examples in the batch. */
  public static final String EXAMPLES = "N";

  private Extents() {}

  /** The number of examples. */
  public static Expr examples() {
    return Expr.position(EXAMPLES);
  }

  /** The length of an axis. */
  public static Expr length(int axis) {
    return switch (axis) {
      case Shape.BATCH -> examples();
      case Shape.OPEN -> Expr.position(STEPS);
      default -> Expr.whole(axis);
    };
  }

  /** The last position of an axis. */
  public static Expr last(int axis) {
    return axis == Shape.OPEN ? Expr.position(STEPS).plus(-1) : Expr.whole(axis - 1);
  }

  /** The numbers in a shape. */
  public static Expr size(Shape shape) {
    Expr size = Expr.whole(1);
    for (int i = 0; i < shape.count(Shape.BATCH); i++) {
      size = size.times(examples());
    }
    for (int i = 0; i < shape.count(Shape.OPEN); i++) {
      size = size.times(Expr.position(STEPS));
    }
    return size.times(Expr.whole(shape.size()));
  }

  /** The numbers in a shape, the length of one axis after another: {@code 20 * N}. */
  public static Expr product(Shape shape) {
    return shape.axes().stream().map(Extents::length).reduce(Expr.whole(1), Expr::times);
  }

  /** The numbers in a shape as text: {@code N * 8}. */
  public static String numbers(Shape shape) {
    List<String> factors = new ArrayList<>();
    factors.addAll(Collections.nCopies(shape.count(Shape.BATCH), EXAMPLES));
    factors.addAll(Collections.nCopies(shape.count(Shape.OPEN), STEPS));
    if (shape.size() != 1 || factors.isEmpty()) {
      factors.add(String.valueOf(shape.size()));
    }
    return String.join(" * ", factors);
  }

  /** The axes with more than one place, which need a loop. */
  public static List<Integer> loopedOver(Shape domain) {
    return IntStream.range(0, domain.rank()).filter(a -> domain.axis(a) != 1).boxed().toList();
  }
}
