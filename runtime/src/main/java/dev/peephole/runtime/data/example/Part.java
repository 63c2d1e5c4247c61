package dev.peephole.runtime.data.example;

import java.util.stream.IntStream;

/**
 * Some of the examples that were loaded.
 *
 * @param rows the numbers of those that belong to the part
 */
public record Part(Examples examples, int[] rows) {

  /** All of them. */
  public static Part all(Examples examples) {
    return new Part(examples, IntStream.range(0, examples.count()).toArray());
  }

  /** How many steps its longest example has; 1 if examples are no sequences. */
  public int longest() {
    return IntStream.of(rows).map(examples::steps).max().orElse(1);
  }

  /** Whether the k-th of its examples begins where the one before it in the part ends. */
  public boolean follows(int k) {
    return k > 0 && rows[k] == rows[k - 1] + 1 && examples.follows().get(rows[k]);
  }

  /** Whether no example belongs to it. */
  public boolean isEmpty() {
    return rows.length == 0;
  }
}
