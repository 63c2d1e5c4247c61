package dev.peephole.runtime.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The examples of a series: the n-th, counted from 0, takes the rows from n · step on.
 *
 * @param step the rows between the beginnings of two windows
 * @param reach the rows of a window, those of its target included
 */
record Windows(int step, int reach) {

  /** How many there are over so many rows. */
  int count(int rows) {
    return rows < reach ? 0 : (rows - reach) / step + 1;
  }

  /**
   * The windows in the parts of a split. A window is in a part if all its rows are, so that no two
   * parts share a row.
   *
   * @throws DataException if there is none in a part
   */
  List<int[]> divide(Split split, int rows) {
    List<int[]> parts = new Split(split.shares(), true).divide(rows, 0);
    return parts.stream().map(part -> part.length == 0 ? part : within(split, part)).toList();
  }

  private int[] within(Split split, int[] part) {
    int first = (part[0] + step - 1) / step;
    int end = Math.max(first, count(part[0] + part.length));
    if (first == end) {
      throw DataException.of(
          "the split %s leaves a part of %d rows, too short for a window of %d"
              .formatted(split, part.length, reach),
          "give that part a larger share, or take shorter windows");
    }
    return IntStream.range(first, end).toArray();
  }

  /** The rows of some of the windows, each once, in order. */
  int[] rows(int[] windows) {
    BitSet rows = new BitSet();
    Arrays.stream(windows).forEach(n -> rows.set(n * step, n * step + reach));
    return rows.stream().toArray();
  }
}
