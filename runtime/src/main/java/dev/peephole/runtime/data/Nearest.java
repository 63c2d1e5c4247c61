package dev.peephole.runtime.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which of the names that there are may have been meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The name that takes the fewest changes of a letter, if those are at most a third of the letters
   * (and one is always allowed) and leave a letter as it was; case does not count.
   */
  public static Optional<String> to(String wanted, Collection<String> names) {
    int allowed = Math.max(1, wanted.length() / 3);
    return names.stream()
        .filter(name -> distance(wanted, name) <= allowed)
        .filter(name -> distance(wanted, name) < Math.max(wanted.length(), name.length()))
        .min(Comparator.comparingInt(name -> distance(wanted, name)));
  }

  /** A hint that offers the nearest name and lists what there is. */
  public static String hint(String wanted, Collection<String> names) {
    String offer = to(wanted, names).map(name -> "did you mean " + name + "? ").orElse("");
    return offer + "the names are " + String.join(", ", names);
  }

  /** Letters to insert, to delete, to replace or to swap with the next one. */
  private static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
