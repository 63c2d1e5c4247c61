package dev.peephole.runtime.data.framing;

import java.util.List;
import java.util.function.IntFunction;

/**
 * An example is a row.
 *
 * @param count how many rows there are
 */
public record EachRow(int count) implements Framing {

  @Override
  public int first(int example) {
    return example;
  }

  @Override
  public int length(int example) {
    return 1;
  }

  @Override
  public List<int[]> divide(Split split, long seed, IntFunction<String> key) {
    return split.divide(count, seed, key);
  }

  @Override
  public int[] rows(int[] examples) {
    return examples;
  }
}
