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
  private static final List<Integer> ANY_IMAGE = List.of(-1, -1, -1);

  public Field {
    shape = List.copyOf(shape);
  }

  /** A field of the given shape. */
  public static Field of(String name, int... shape) {
    return new Field(name, Arrays.stream(shape).boxed().toList());
  }

  /** Images, which are made as large as what they fill, and grey or coloured as that is. */
  public static Field images(String name) {
    return new Field(name, ANY_IMAGE);
  }

  /**
   * What it has for a tensor of this shape: an image's height, width and, if it is said, its
   * channels, 1 for grey and 3 for colours; everything else is what it is.
   *
   * @throws DataException if no image has that shape
   */
  public Field filling(String tensor, List<Integer> wanted) {
    if (!shape.equals(ANY_IMAGE)) {
      return this;
    }
    boolean image =
        wanted.stream().allMatch(length -> length > 0)
            && (wanted.size() == 2
                || wanted.size() == 3 && (wanted.get(2) == 1 || wanted.get(2) == 3));
    if (!image) {
      throw DataException.of(
          "images do not fill " + tensor + ", which is " + wanted,
          "an image is [height, width, 1], or [height, width, 3] for red, green and blue");
    }
    return new Field(name, wanted);
  }

  /** The product of the shape: the numbers that it has for an example. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
