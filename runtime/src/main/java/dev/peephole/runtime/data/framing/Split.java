package dev.peephole.runtime.data.framing;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How examples are divided into a training, a validation and a test part.
 *
 * @param shares what part of the whole each gets, training first; a part that is left out is empty
 * @param inOrder whether the parts follow each other in the data; if not, the seed decides
 */
public record Split(List<Double> shares, boolean inOrder) {
  private static final List<String> NAMES = List.of("training", "validation", "test");

  /** How many parts there are, empty ones included. */
  static final int PARTS = NAMES.size();

  public Split {
    shares = List.copyOf(shares);
    boolean positive = shares.stream().allMatch(share -> share > 0 && share <= Double.MAX_VALUE);
    if (!positive || shares.isEmpty() || shares.size() > PARTS) {
      throw new IllegalArgumentException("a split has one to three positive shares: " + shares);
    }
  }

  /** Everything is for training. */
  public static Split none() {
    return new Split(List.of(100.0), false);
  }

  /**
   * The numbers of the examples in the three parts.
   *
   * @throws DataException if a share is too small for a single example
   */
  public List<int[]> divide(int examples, long seed) {
    int[] order = IntStream.range(0, examples).toArray();
    if (!inOrder) {
      Shuffle.of(order, RandomStreams.split(seed));
    }
    int[] ends = ends(examples);
    for (int p = 0; p < shares.size(); p++) {
      if (length(p, examples) == 0) {
        String message = "the split %s of %s examples leaves nothing for the %s part";
        throw DataException.of(
            message.formatted(this, examples, NAMES.get(p)), "give that part a larger share");
      }
    }
    return IntStream.range(0, PARTS)
        .mapToObj(p -> Arrays.copyOfRange(order, p == 0 ? 0 : ends[p - 1], ends[p]))
        .toList();
  }

  /** Where each of the parts ends if so many are divided in order; one may have nothing. */
  int[] ends(int count) {
    double total = shares.stream().mapToDouble(share -> share).sum();
    int[] ends = new int[PARTS];
    double sum = 0;
    for (int p = 0; p < PARTS; p++) {
      sum += p < shares.size() ? shares.get(p) : 0;
      ends[p] = (int) Math.round(count * sum / total);
    }
    return ends;
  }

  /** How many of so many one of the parts gets. */
  int length(int part, int count) {
    int[] ends = ends(count);
    return ends[part] - (part == 0 ? 0 : ends[part - 1]);
  }

  /** As a plan says it, such as {@code 70 / 15 / 15 in order}. */
  @Override
  public String toString() {
    return shares.stream()
        .map(share -> share % 1 == 0 ? "" + Math.round(share) : "" + share)
        .collect(Collectors.joining(" / ", "", inOrder ? " in order" : ""));
  }
}
