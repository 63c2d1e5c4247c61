package dev.peephole.emit;

import dev.peephole.ir.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes lengths and numbers of places. In a batch there are {@code n} examples, and open axes have
 * {@code T} places.
 */
public final class Extents {
  /** The length of the longest example of the batch. */
  public static final String STEPS = "T";

  private Extents() {}

  /** The length of an axis. */
  public static String length(int axis) {
    return axis == Shape.BATCH ? "n" : Shape.text(axis);
  }

  /** The last position of an axis. */
  public static String last(int axis) {
    return axis == Shape.OPEN ? STEPS + " - 1" : String.valueOf(axis - 1);
  }

  /** The numbers in a shape: {@code n * 8}. */
  public static String numbers(Shape shape) {
    return numbers(shape, "n", STEPS);
  }

  /** The numbers in a shape for the greatest batch that there is room for. */
  public static String room(Shape shape) {
    return numbers(shape, "examples", "steps");
  }

  private static String numbers(Shape shape, String examples, String steps) {
    List<String> factors = new ArrayList<>();
    factors.addAll(Collections.nCopies(shape.count(Shape.BATCH), examples));
    factors.addAll(Collections.nCopies(shape.count(Shape.OPEN), steps));
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
