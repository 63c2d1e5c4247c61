package dev.peephole.runtime.train.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A stretch of numbers on a stretch of pixels, evenly or by its logarithm.
 *
 * @param low the number at {@code from}
 * @param high the number at {@code to}; greater than the low one
 */
public record Scale(double low, double high, boolean logarithmic, double from, double to) {
  /** From this ratio on positive numbers are drawn by their logarithm. */
  private static final double WIDE = 50;

  /** What is drawn by its logarithm is drawn down to this part of the greatest number. */
  private static final double SMALLEST = 1e-12;

  public Scale {
    if (!(low < high)) {
      throw new IllegalArgumentException(low + " is not below " + high);
    }
  }

  /** Evenly, with all of the numbers on it; what is not finite is left aside. */
  public static Scale even(double from, double to, double... numbers) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double v : numbers) {
      if (Double.isFinite(v)) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    if (low > high) {
      low = 0;
      high = 1;
    } else if (low == high || high - low < 1e-9 * Math.max(Math.abs(low), Math.abs(high))) {
      double margin = low == 0 ? 1 : Math.abs(low) / 10;
      low -= margin;
      high += margin;
    }
    return new Scale(low, high, false, from, to);
  }

  /** By the logarithm if the numbers are positive and far apart, from 0 or evenly if not. */
  public static Scale fitting(double from, double to, double... numbers) {
    Scale even = even(from, to, numbers);
    double least = Double.POSITIVE_INFINITY;
    for (double v : numbers) {
      if (v > 0) {
        least = Math.min(least, v);
      }
    }
    if (even.low >= 0 && even.high > 0 && even.high / least > WIDE) {
      return logarithmic(from, to, numbers);
    }
    boolean near = even.low > 0 && even.low < even.high / 2;
    return near ? new Scale(0, even.high, false, from, to) : even;
  }

  /** By the logarithm; what is not positive is at the lower end. */
  public static Scale logarithmic(double from, double to, double... numbers) {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (double v : numbers) {
      if (v > 0 && Double.isFinite(v)) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    if (high == 0) {
      return new Scale(0.1, 1, true, from, to);
    }
    low = Math.max(low, high * SMALLEST);
    return low < high * 0.9
        ? new Scale(low, high, true, from, to)
        : new Scale(low / 3, high * 3, true, from, to);
  }

  /** The same numbers on other pixels. */
  public Scale on(double otherFrom, double otherTo) {
    return new Scale(low, high, logarithmic, otherFrom, otherTo);
  }

  /** How far along a number is, from 0 to 1. */
  public double share(double value) {
    double v = Math.max(low, Math.min(high, value));
    return logarithmic ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low);
  }

  /** The pixel of a number. */
  public double at(double value) {
    return from + share(value) * (to - from);
  }

  /** Some four round numbers along it. */
  public List<Double> ticks() {
    return logarithmic ? powers() : multiples();
  }

  private List<Double> multiples() {
    double rough = (high - low) / 4;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double unit = rough / power;
    double step = power * (unit < 1.5 ? 1 : unit < 3.5 ? 2 : unit < 7.5 ? 5 : 10);
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  private List<Double> powers() {
    int first = (int) Math.ceil(Math.log10(low) - 1e-9);
    int last = (int) Math.floor(Math.log10(high) + 1e-9);
    int stride = Math.max(1, (last - first + 3) / 4);
    List<Double> ticks = new ArrayList<>();
    for (int e = first; e <= last; e += stride) {
      ticks.add(Math.pow(10, e));
    }
    if (ticks.size() < 2) {
      for (double factor : new double[] {2, 5}) {
        for (int e = first - 1; e <= last; e++) {
          double v = factor * Math.pow(10, e);
          if (v >= low && v <= high) {
            ticks.add(v);
          }
        }
      }
    }
    return ticks;
  }

  /** A number as it stands beside an axis: 2000, 0.25, 3e-7. */
  public static String label(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size >= 1e5 || size < 1e-3) {
      String text = String.format(Locale.ROOT, "%.1e", value);
      return text.replace(".0e", "e").replace("e-0", "e-").replace("e+0", "e").replace("e+", "e");
    }
    String text =
        String.format(Locale.ROOT, "%." + (size >= 100 ? 1 : size >= 1 ? 2 : 4) + "f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
