package dev.peephole.runtime.data.framing;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.RandomStreams;
import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How examples are divided into a training, a validation and a test part.
 *
 * @param shares what part of the whole each gets, training first; a part that is left out is empty
 * @param manner how it is decided which part an example is in
 * @param fold which of several equal folds is the test part, so that the shares divide the rest
 */
public record Split(List<Double> shares, Manner manner, Optional<Fold> fold) {
  /** What the parts are called, in their order. */
  public static final List<String> NAMES = List.of("training", "validation", "test");

  /** How many parts there are, empty ones included. */
  static final int PARTS = NAMES.size();

  /**
   * One of several folds.
   *
   * @param number counted from 0
   */
  public record Fold(int number, int of) {}

  public Split {
    shares = List.copyOf(shares);
    boolean positive = shares.stream().allMatch(share -> share > 0 && share <= Double.MAX_VALUE);
    if (!positive || shares.isEmpty() || shares.size() > PARTS) {
      throw new IllegalArgumentException("a split has one to three positive shares: " + shares);
    }
    if (fold.isPresent() && shares.size() == PARTS) {
      throw new IllegalArgumentException("where folds are the test parts, the rest has two parts");
    }
  }

  /** At random, or so that the parts follow each other in the data. */
  public Split(List<Double> shares, boolean inOrder) {
    this(shares, inOrder ? Manner.IN_ORDER : Manner.AT_RANDOM, Optional.empty());
  }

  /** Everything is for training. */
  public static Split none() {
    return new Split(List.of(100.0), false);
  }

  /** The same manner with other shares. */
  public Split sharing(List<Double> other) {
    return new Split(other, manner, fold);
  }

  /** The same shares in another manner. */
  public Split in(Manner other) {
    return new Split(shares, other, fold);
  }

  /** The same of what one of the folds leaves, which is the test part. */
  public Split fold(int number, int of) {
    return new Split(shares, manner, Optional.of(new Fold(number, of)));
  }

  /** Whether the parts follow each other in the data. */
  public boolean inOrder() {
    return manner.equals(Manner.IN_ORDER);
  }

  /** The parts that have examples. */
  List<Integer> filled() {
    return IntStream.range(0, PARTS)
        .filter(p -> p < shares.size() || fold.isPresent() && p == PARTS - 1)
        .boxed()
        .toList();
  }

  /** The same for examples that nothing is known of. */
  public List<int[]> divide(int examples, long seed) {
    return divide(examples, seed, example -> "");
  }

  /**
   * The numbers of the examples in the three parts.
   *
   * @param key what the {@link Manner} asks of an example
   * @throws DataException if a share is too small for a single example
   */
  public List<int[]> divide(int examples, long seed, IntFunction<String> key) {
    Philox random = RandomStreams.split(seed);
    int[] all = IntStream.range(0, examples).toArray();
    List<int[]> parts;
    if (fold.isPresent()) {
      List<Double> equal = Collections.nCopies(fold.get().of(), 1.0);
      List<int[]> folds = manner.deal(all, equal, key, random);
      int[] test = folds.get(fold.get().number());
      boolean[] out = new boolean[examples];
      Arrays.stream(test).forEach(e -> out[e] = true);
      int[] rest = Arrays.stream(all).filter(e -> !out[e]).toArray();
      List<int[]> others = manner.deal(rest, shares, key, random);
      parts = List.of(others.get(0), others.size() > 1 ? others.get(1) : new int[0], test);
    } else {
      List<int[]> dealt = manner.deal(all, shares, key, random);
      parts =
          IntStream.range(0, PARTS)
              .mapToObj(p -> p < dealt.size() ? dealt.get(p) : new int[0])
              .toList();
    }
    for (int p : manner.given() ? List.of(0) : filled()) {
      if (parts.get(p).length == 0) {
        String message = "the split %s of %s examples leaves nothing for the %s part";
        throw DataException.of(
            message.formatted(this, examples, NAMES.get(p)), "give that part a larger share");
      }
    }
    return parts;
  }

  /** Where each of the parts ends if so many are divided in order; one may have nothing. */
  int[] ends(int count) {
    return Manner.ends(count, shares, PARTS);
  }

  /** How many of so many one of the parts gets. */
  int length(int part, int count) {
    int[] ends = ends(count);
    return ends[part] - (part == 0 ? 0 : ends[part - 1]);
  }

  /** As a plan says it, such as {@code 70 / 15 / 15 in order}. */
  @Override
  public String toString() {
    String all =
        shares.stream()
            .map(share -> share % 1 == 0 ? "" + Math.round(share) : "" + share)
            .collect(Collectors.joining(" / ", "", manner.toString()));
    return fold.map(f -> all + " outside fold " + (f.number() + 1) + " of " + f.of()).orElse(all);
  }
}
