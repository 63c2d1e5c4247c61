package dev.peephole.runtime.data.framing;

import java.util.List;

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
  public List<int[]> divide(Split split, long seed) {
    return split.divide(count, seed);
  }

  @Override
  public int[] rows(int[] examples) {
    return examples;
  }
}
