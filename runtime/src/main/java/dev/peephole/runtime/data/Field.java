package dev.peephole.runtime.data;

import java.util.Arrays;
import java.util.List;

/**
 * What a source has to offer for each example: a column of a table, the pixels of an image.
 *
 * @param name what a plan calls it; a column without a header is called by its number
 * @param shape the lengths of its axes, none for a single number
 */
public record Field(String name, List<Integer> shape) {
  public Field {
    shape = List.copyOf(shape);
  }

  /** A field of the given shape. */
  public static Field of(String name, int... shape) {
    return new Field(name, Arrays.stream(shape).boxed().toList());
  }

  /** The product of the shape: the numbers that it has for an example. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
