package dev.peephole.diagnostic;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The name that was probably meant by one that nobody knows. */
public final class Nearest {
  /** Longer names than this are not worth the time. */
  private static final int LONGEST = 60;

  private Nearest() {}

  /**
   * The candidate with the fewest slips of the pen from {@code name}, or nothing if all are too far
   * off: a third of the letters may be wrong, three at most. Capital and small letters count as the
   * same. Of two that are equally near the first wins.
   */
  public static Optional<String> to(String name, Collection<String> candidates) {
    String best = null;
    int bestSlips = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int allowed = Math.min(3, Math.max(name.length(), candidate.length()) / 3);
      if (Math.abs(name.length() - candidate.length()) > allowed || name.length() > LONGEST) {
        continue;
      }
      int slips = slips(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (slips <= allowed && slips < bestSlips) {
        best = candidate;
        bestSlips = slips;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * How many letters must be put in, left out, changed, or swapped with their neighbour, to make
   * {@code a} of {@code b} (Damerau, 1964; no letter is touched twice).
   */
  static int slips(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(last[j - 1] + change, 1 + Math.min(last[j], row[j - 1]));
        if (swapped(a, i, b, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }

  private static boolean swapped(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
