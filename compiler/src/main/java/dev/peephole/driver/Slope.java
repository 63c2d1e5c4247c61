package dev.peephole.driver;

import java.util.function.DoubleSupplier;

/**
 * How steep the loss is in one direction of a parameter's numbers, by central differences of the
 * fourth order: (8 (f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h.
 */
final class Slope {
  /** Smaller steps are for losses with a kink or a sharp bend nearby. */
  private static final double[] STEPS = {1e-3, 1e-4, 1e-5, 1e-6};

  private static final double CLOSE = Gradients.TOLERANCE / 100;

  private final DoubleSupplier loss;
  private final double[] values;
  private final double[] start;
  private final double[] direction;

  /**
   * @param loss computes it anew
   * @param values the parameter's own array; it is as before after each call
   */
  Slope(DoubleSupplier loss, double[] values, double[] direction) {
    this.loss = loss;
    this.values = values;
    this.start = values.clone();
    this.direction = direction;
  }

  /** How far the slope is from the one expected, relative to {@code size}. */
  double error(double expected, double size) {
    double least = Double.POSITIVE_INFINITY;
    for (double step : STEPS) {
      double difference = Math.abs(slope(step) - expected);
      double error = difference == 0 ? 0 : difference / size;
      if (error < least) {
        least = error;
      }
      if (least <= CLOSE) {
        break;
      }
    }
    return least;
  }

  private double slope(double h) {
    return (8 * (loss(h) - loss(-h)) - (loss(2 * h) - loss(-2 * h))) / (12 * h);
  }

  private double loss(double step) {
    for (int k = 0; k < values.length; k++) {
      values[k] = start[k] + step * direction[k];
    }
    double result = loss.getAsDouble();
    System.arraycopy(start, 0, values, 0, values.length);
    return result;
  }
}
