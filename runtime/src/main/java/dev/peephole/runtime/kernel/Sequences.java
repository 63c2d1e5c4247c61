package dev.peephole.runtime.kernel;

/** Puts examples of different lengths into one batch. */
public final class Sequences {
  private Sequences() {}

  /**
   * T, the length of the longest of the first {@code n} examples.
   *
   * @throws IllegalArgumentException if an example has no time step
   */
  public static int longest(int[] lengths, int n) {
    int longest = 0;
    for (int i = 0; i < n; i++) {
      if (lengths[i] < 1) {
        throw new IllegalArgumentException("example " + i + " has " + lengths[i] + " time steps");
      }
      longest = Math.max(longest, lengths[i]);
    }
    return longest;
  }

  /**
   * Fills what lies behind an example's own end with its last step, so that whatever is computed
   * there is as finite as it is in the sequence itself. The axis in question has {@code T} places:
   *
   * <pre>
   * x[i, o, t, k] = x[i, o, lengths[i] − 1, k]      for t = lengths[i] … T − 1
   * </pre>
   *
   * @param x a {@code float[]}, {@code double[]} or {@code int[]}, an example after another
   * @param n how many examples there are
   * @param outer the numbers along the axes before, of one example
   * @param inner the numbers along the axes behind
   */
  public static void repeatLast(Object x, int[] lengths, int n, int outer, int T, int inner) {
    for (int i = 0; i < n; i++) {
      for (int o = 0; o < outer; o++) {
        int start = (i * outer + o) * T * inner;
        int last = start + (lengths[i] - 1) * inner;
        for (int t = lengths[i]; t < T; t++) {
          System.arraycopy(x, last, x, start + t * inner, inner);
        }
      }
    }
  }
}
