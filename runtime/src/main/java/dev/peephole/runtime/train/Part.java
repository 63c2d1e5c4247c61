package dev.peephole.runtime.train;

import dev.peephole.runtime.data.Examples;
import java.util.stream.IntStream;

/**
 * Some of the examples that were loaded.
 *
 * @param rows the numbers of those that belong to the part
 */
record Part(Examples examples, int[] rows) {

  /** All of them. */
  static Part all(Examples examples) {
    return new Part(examples, IntStream.range(0, examples.count()).toArray());
  }

  /** How many steps its longest example has; 1 if examples are no sequences. */
  int longest() {
    return IntStream.of(rows).map(examples::steps).max().orElse(1);
  }

  boolean isEmpty() {
    return rows.length == 0;
  }
}
