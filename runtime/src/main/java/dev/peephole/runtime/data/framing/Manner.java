package dev.peephole.runtime.data.framing;

import dev.peephole.runtime.kernel.Philox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How it is decided which part an example is in.
 *
 * @param kind what decides
 * @param by the target or the column that is asked, if one is
 */
public record Manner(Kind kind, String by) {
  /** The seed decides. */
  public static final Manner AT_RANDOM = new Manner(Kind.AT_RANDOM, "");

  /** The parts follow each other in the data. */
  public static final Manner IN_ORDER = new Manner(Kind.IN_ORDER, "");

  /** What decides. */
  public enum Kind {
    AT_RANDOM(""),
    IN_ORDER(" in order"),
    STRATIFIED(" stratified by %s"),
    GROUPED(" grouped by \"%s\""),
    GIVEN(" by \"%s\"");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** At random, so that each part has its share of every class of a label. */
  public static Manner stratified(String target) {
    return new Manner(Kind.STRATIFIED, target);
  }

  /** At random, but what a column says the same of stays together. */
  public static Manner grouped(String column) {
    return new Manner(Kind.GROUPED, column);
  }

  /** A column has the name of each example's part. */
  public static Manner given(String column) {
    return new Manner(Kind.GIVEN, column);
  }

  /** Whether a column has the names of the parts. */
  public boolean given() {
    return kind == Kind.GIVEN;
  }

  /** Whether examples are told apart by something that is known of them. */
  public boolean asks() {
    return !by.isEmpty();
  }

  /** The column that is asked, if one is. */
  public Optional<String> column() {
    return kind == Kind.GROUPED || kind == Kind.GIVEN ? Optional.of(by) : Optional.empty();
  }

  /** The target that is asked, if one is. */
  public Optional<String> target() {
    return kind == Kind.STRATIFIED ? Optional.of(by) : Optional.empty();
  }

  /** Deals examples out to as many parts as there are shares. */
  List<int[]> deal(int[] examples, List<Double> shares, IntFunction<String> key, Philox random) {
    int[] order = examples.clone();
    if (kind == Kind.AT_RANDOM || kind == Kind.STRATIFIED || kind == Kind.GROUPED) {
      Shuffle.of(order, random);
    }
    return switch (kind) {
      case AT_RANDOM, IN_ORDER -> cut(order, shares);
      case STRATIFIED -> strata(order, shares, key);
      case GROUPED -> groups(order, shares, key);
      case GIVEN ->
          Split.NAMES.stream()
              .map(name -> Arrays.stream(order).filter(e -> key.apply(e).equals(name)).toArray())
              .toList();
    };
  }

  private static List<int[]> cut(int[] order, List<Double> shares) {
    int[] ends = ends(order.length, shares, shares.size());
    return IntStream.range(0, shares.size())
        .mapToObj(p -> Arrays.copyOfRange(order, p == 0 ? 0 : ends[p - 1], ends[p]))
        .toList();
  }

  /**
   * Where each of the parts ends if so many are divided in order; one may have nothing.
   *
   * @param parts how many there are; those without a share are empty
   */
  static int[] ends(int count, List<Double> shares, int parts) {
    double total = shares.stream().mapToDouble(share -> share).sum();
    int[] ends = new int[parts];
    double sum = 0;
    for (int p = 0; p < parts; p++) {
      sum += p < shares.size() ? shares.get(p) : 0;
      ends[p] = (int) Math.round(count * sum / total);
    }
    return ends;
  }

  /**
   * Class by class, each example goes to the part that most lacks one, so that neither a part nor
   * what it has of a class is off its share by more than about an example.
   */
  private static List<int[]> strata(int[] order, List<Double> shares, IntFunction<String> key) {
    double total = shares.stream().mapToDouble(share -> share).sum();
    double[] lacking = new double[shares.size()];
    int[] part = new int[order.length];
    List<Integer> byClass =
        IntStream.range(0, order.length)
            .boxed()
            .sorted(Comparator.comparing(i -> key.apply(order[i])))
            .toList();
    for (int i : byClass) {
      for (int p = 0; p < lacking.length; p++) {
        lacking[p] += shares.get(p) / total;
      }
      part[i] = greatest(lacking);
      lacking[part[i]]--;
    }
    return IntStream.range(0, shares.size())
        .mapToObj(
            p ->
                IntStream.range(0, order.length)
                    .filter(i -> part[i] == p)
                    .map(i -> order[i])
                    .toArray())
        .toList();
  }

  /** The largest groups first, each to the part that most lacks examples. */
  private static List<int[]> groups(int[] order, List<Double> shares, IntFunction<String> key) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int example : order) {
      groups.computeIfAbsent(key.apply(example), k -> new ArrayList<>()).add(example);
    }
    double total = shares.stream().mapToDouble(share -> share).sum();
    double[] lacking = shares.stream().mapToDouble(s -> s / total * order.length).toArray();
    List<List<Integer>> parts = new ArrayList<>();
    shares.forEach(share -> parts.add(new ArrayList<>()));
    groups.values().stream()
        .sorted(Comparator.comparing((List<Integer> group) -> -group.size()))
        .forEach(
            group -> {
              int p = greatest(lacking);
              parts.get(p).addAll(group);
              lacking[p] -= group.size();
            });
    return parts.stream().map(p -> p.stream().mapToInt(e -> e).toArray()).toList();
  }

  private static int greatest(double[] numbers) {
    int greatest = 0;
    for (int p = 1; p < numbers.length; p++) {
      greatest = numbers[p] > numbers[greatest] ? p : greatest;
    }
    return greatest;
  }

  /** As a plan says it behind the shares. */
  @Override
  public String toString() {
    return kind.text.formatted(by);
  }
}
