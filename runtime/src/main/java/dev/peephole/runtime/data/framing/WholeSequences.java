package dev.peephole.runtime.data.framing;

import dev.peephole.runtime.data.Sequences;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** An example is a sequence from its beginning to its end. */
public record WholeSequences(Sequences sequences) implements Framing {

  @Override
  public int count() {
    return sequences.count();
  }

  @Override
  public int first(int example) {
    return sequences.from(example);
  }

  @Override
  public int length(int example) {
    return sequences.length(example);
  }

  @Override
  public List<int[]> divide(Split split, long seed, IntFunction<String> key) {
    return split.divide(count(), seed, key);
  }

  @Override
  public int[] rows(int[] examples) {
    return Arrays.stream(examples)
        .flatMap(e -> IntStream.range(first(e), first(e) + length(e)))
        .toArray();
  }
}
