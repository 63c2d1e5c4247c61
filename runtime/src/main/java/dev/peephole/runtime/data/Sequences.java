package dev.peephole.runtime.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which rows of a source belong together: those of a sequence follow each other.
 *
 * @param starts the first row of each sequence, and behind the last one the number of all rows
 * @param names what the sequences are called; absent if they are counted
 */
public record Sequences(int[] starts, Optional<List<String>> names) {

  /** Sequences that are counted from 0. */
  public static Sequences counted(int... starts) {
    return new Sequences(starts, Optional.empty());
  }

  /** How many there are. */
  public int count() {
    return starts.length - 1;
  }

  /** The first row of a sequence. */
  public int from(int sequence) {
    return starts[sequence];
  }

  /** How many rows a sequence has. */
  public int length(int sequence) {
    return starts[sequence + 1] - starts[sequence];
  }

  /** How many rows the longest sequence has. */
  public int longest() {
    int longest = 0;
    for (int s = 0; s < count(); s++) {
      longest = Math.max(longest, length(s));
    }
    return longest;
  }

  /** The sequence that a row belongs to. */
  public int at(int row) {
    int found = Arrays.binarySearch(starts, row);
    return found >= 0 ? found : -found - 2;
  }

  /** What a sequence is called, its number if it has no name. */
  public String name(int sequence) {
    return names.map(n -> n.get(sequence)).orElse(Integer.toString(sequence));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sequences that
        && Arrays.equals(starts, that.starts)
        && names.equals(that.names);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(starts) + names.hashCode();
  }

  @Override
  public String toString() {
    return "Sequences" + Arrays.toString(starts) + names.map(List::toString).orElse("");
  }
}
