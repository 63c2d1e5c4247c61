package dev.peephole.runtime.data;

/**
 * Images, of which each number is kept in a byte: 256 levels from 0 to 1.
 *
 * @param source what messages call where they come from
 * @param width the numbers of an image
 * @param levels those of all images, one image after another, 255 for a 1
 */
public record Pixels(String source, int width, byte[] levels) implements Column {
  private static final int MOST = 255;

  /** Images that are all 0 yet. */
  public Pixels(String source, int images, int width) {
    this(source, width, new byte[Math.multiplyExact(images, width)]);
  }

  /** Says the numbers of an image; what is less than 0 or more than 1 becomes these. */
  public void put(int image, double[] numbers) {
    for (int k = 0; k < width; k++) {
      levels[image * width + k] = (byte) Math.round(MOST * Math.max(0, Math.min(1, numbers[k])));
    }
  }

  @Override
  public double number(int image, int k) {
    return Byte.toUnsignedInt(levels[image * width + k]) / (double) MOST;
  }

  @Override
  public DataException problem(int image, String message, String hint) {
    return DataException.in(source, message + " (image " + image + ", from 0)", hint);
  }
}
