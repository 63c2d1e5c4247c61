package dev.peephole.runtime.data.example;

/**
 * Which rows of a window fill a tensor, counted from the window's first.
 *
 * @param from the first
 * @param to the one behind the last
 */
public record Rows(int from, int to) {
  /** The row of an example that has but one. */
  static final Rows ONE = new Rows(0, 1);

  public Rows {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("a window has no rows " + from + " .. " + to);
    }
  }

  /** How many they are. */
  public int count() {
    return to - from;
  }
}
