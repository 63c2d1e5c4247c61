package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;

/** Paper of 28 × 28 pixels that lines are drawn on; 0 is blank, 1 is ink. */
final class Canvas {
  static final int SIDE = 28;

  private final double[] ink = new double[SIDE * SIDE];

  /** Takes a blank sheet. */
  void clear() {
    Arrays.fill(ink, 0);
  }

  /** The ink of each pixel, row by row from the top. */
  double[] ink() {
    return ink;
  }

  /**
   * Draws straight from one point to another with a round pen. The pixel in row r and column c is
   * the square around (c + ½, r + ½); at the edge of the line it has the share of the ink that it
   * lies in the line.
   *
   * @param radius of the pen, in pixels
   * @param pressure the ink inside of the line
   */
  void line(double x0, double y0, double x1, double y1, double radius, double pressure) {
    double reach = radius + 0.5;
    int top = Math.max(0, (int) Math.floor(Math.min(y0, y1) - reach));
    int bottom = Math.min(SIDE - 1, (int) Math.floor(Math.max(y0, y1) + reach));
    int left = Math.max(0, (int) Math.floor(Math.min(x0, x1) - reach));
    int right = Math.min(SIDE - 1, (int) Math.floor(Math.max(x0, x1) + reach));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double distance = distance(column + 0.5, row + 0.5, x0, y0, x1, y1);
        double covered = Math.max(0, Math.min(1, reach - distance));
        int pixel = row * SIDE + column;
        ink[pixel] = Math.max(ink[pixel], pressure * covered);
      }
    }
  }

  /** How far a point is from a line between two others. */
  private static double distance(double x, double y, double x0, double y0, double x1, double y1) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double length = dx * dx + dy * dy;
    double along = length == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length;
    double t = Math.max(0, Math.min(1, along));
    double toX = x - x0 - t * dx;
    double toY = y - y0 - t * dy;
    return Math.sqrt(toX * toX + toY * toY);
  }

  /** Adds to each pixel between -most and most, so that it may lie outside of 0 … 1. */
  void addNoise(Philox random, double most) {
    for (int pixel = 0; pixel < ink.length; pixel++) {
      ink[pixel] += most * (2 * random.nextUniform() - 1);
    }
  }
}
