package dev.peephole.runtime.train.progress;

import java.util.Locale;

/** Numbers as people like to read them. */
public final class Figures {
  private Figures() {}

  /** Four significant digits; a dash for what is not defined. */
  public static String significant(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4g", value);
  }

  /** A whole number with commas. */
  static String grouped(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** Minutes and seconds, and hours if there are any. */
  static String duration(double seconds) {
    long all = Math.round(seconds);
    return all < 3600
        ? String.format(Locale.ROOT, "%d:%02d", all / 60, all % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", all / 3600, all / 60 % 60, all % 60);
  }
}
