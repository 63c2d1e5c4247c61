package dev.peephole.runtime.data.framing;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.Sequences;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * An example is a window: so many rows that follow each other in one sequence. In each sequence
 * they begin at its first row and then every {@code step} rows.
 */
public final class Windows implements Framing {
  private final int step;
  private final int reach;
  private final Sequences sequences;
  private final int[] firsts;

  /**
   * @param step the rows between the beginnings of two windows
   * @param reach the rows of a window, those of its target included
   */
  public Windows(int step, int reach, Sequences sequences) {
    this.step = step;
    this.reach = reach;
    this.sequences = sequences;
    this.firsts =
        IntStream.range(0, sequences.count())
            .flatMap(s -> within(s, 0, sequences.length(s)))
            .toArray();
  }

  @Override
  public int count() {
    return firsts.length;
  }

  @Override
  public int first(int example) {
    return firsts[example];
  }

  @Override
  public int length(int example) {
    return reach;
  }

  @Override
  public boolean follows(int example) {
    return example > 0
        && firsts[example] == firsts[example - 1] + step
        && sequences.at(firsts[example]) == sequences.at(firsts[example - 1]);
  }

  /**
   * In order, every sequence is cut at the same shares of its rows, and a window is in a part if
   * all its rows are. At random, a part gets whole sequences.
   */
  @Override
  public List<int[]> divide(Split split, long seed, IntFunction<String> key) {
    List<IntStream> parts =
        split.inOrder() ? cut(split) : whole(split.divide(sequences.count(), seed));
    List<int[]> numbers =
        parts.stream().map(part -> part.map(first -> number(first)).toArray()).toList();
    for (int p : split.filled()) {
      if (numbers.get(p).length == 0) {
        throw tooShort(split, p);
      }
    }
    return numbers;
  }

  private List<IntStream> cut(Split split) {
    return IntStream.range(0, Split.PARTS)
        .mapToObj(
            part ->
                IntStream.range(0, sequences.count())
                    .flatMap(
                        s -> {
                          int[] ends = split.ends(sequences.length(s));
                          return within(s, part == 0 ? 0 : ends[part - 1], ends[part]);
                        }))
        .toList();
  }

  private List<IntStream> whole(List<int[]> parts) {
    return parts.stream()
        .map(part -> Arrays.stream(part).flatMap(s -> within(s, 0, sequences.length(s))))
        .toList();
  }

  /** The first rows of the windows between two rows of a sequence, counted from its first. */
  private IntStream within(int sequence, int from, int to) {
    int next = (from + step - 1) / step;
    int end = to < reach ? next : Math.max(next, (to - reach) / step + 1);
    return IntStream.range(next, end).map(n -> sequences.from(sequence) + n * step);
  }

  private int number(int first) {
    return Arrays.binarySearch(firsts, first);
  }

  private DataException tooShort(Split split, int part) {
    int rows =
        split.inOrder()
            ? IntStream.range(0, sequences.count())
                .map(s -> split.length(part, sequences.length(s)))
                .max()
                .orElse(0)
            : sequences.longest();
    String each = sequences.count() == 1 ? "" : " at most of a series";
    return DataException.of(
        "the split %s leaves a part of %s rows%s, too short for a window of %s"
            .formatted(split, rows, each, reach),
        "give that part a larger share, or take shorter windows");
  }

  @Override
  public int[] rows(int[] windows) {
    BitSet rows = new BitSet();
    Arrays.stream(windows).forEach(n -> rows.set(firsts[n], firsts[n] + reach));
    return rows.stream().toArray();
  }
}
