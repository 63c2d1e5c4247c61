package dev.peephole.runtime.train.report;

import java.util.List;
import java.util.Locale;

/** Numbers and lists in sentences. */
final class Words {
  private Words() {}

  /** No line ends in front of it. */
  private static final String PERCENT = "\u00A0%";

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** Three significant digits, as people write them: 0.123, 12.3, 1230, 1.23 · 10⁻⁷. */
  static String number(double value) {
    double size = Math.abs(value);
    if (value == 0 || Double.isNaN(value)) {
      return value == 0 ? "0" : "not a number";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    if (size < 1e-3 || size >= 1e6) {
      String[] parts = String.format(Locale.ROOT, "%.2e", size).split("e");
      return (value < 0 ? "−" : "") + parts[0] + " · " + power(Integer.parseInt(parts[1]));
    }
    int decimals = (int) Math.max(0, 2 - Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '−');
  }

  /** {@code 10⁻⁷}. */
  private static String power(int exponent) {
    StringBuilder power = new StringBuilder(exponent < 0 ? "10⁻" : "10");
    Integer.toString(Math.abs(exponent))
        .chars()
        .forEach(digit -> power.append(SUPERSCRIPTS.charAt(digit - '0')));
    return power.toString();
  }

  /** A share as a percentage; what is almost none or almost all is not called that. */
  static String percent(double share) {
    if (share > 0 && share < 0.0005) {
      return "less than 0.1" + PERCENT;
    }
    if (share < 1 && share > 0.9995) {
      return "more than 99.9" + PERCENT;
    }
    double percent = share * 100;
    boolean whole = percent >= 9.95 || percent == 0;
    String text = String.format(Locale.ROOT, whole ? "%.0f" : "%.1f", percent);
    return (text.equals("100") && share < 1 ? "99.9" : text) + PERCENT;
  }

  /** How many times larger, in a few digits. */
  static String times(double factor) {
    if (factor >= 1e6) {
      return power((int) Math.floor(Math.log10(factor))) + " times";
    }
    return String.format(Locale.ROOT, factor < 10 ? "%.1f" : "%,.0f", factor) + " times";
  }

  /** {@code 12,000}. */
  static String whole(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 1 epoch}, {@code 12 epochs}. */
  static String count(long count, String thing) {
    return whole(count) + " " + thing + (count == 1 ? "" : "s");
  }

  /** {@code the last epoch}, {@code the last 5 epochs}. */
  static String last(long count, String thing) {
    return "the last " + (count == 1 ? thing : count(count, thing));
  }

  /** With a capital letter in front. */
  static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** {@code a, b and c}. */
  static String list(List<String> items) {
    return items.size() < 2
        ? String.join("", items)
        : String.join(", ", items.subList(0, items.size() - 1))
            + " and "
            + items.get(items.size() - 1);
  }
}
