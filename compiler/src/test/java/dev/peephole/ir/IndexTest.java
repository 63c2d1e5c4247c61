package dev.peephole.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Positions are sums: whatever is made of them has the value that its parts' values give. */
class IndexTest {
  private static final Var LABELS = Var.label("labels", Shape.of(4), 9);
  private static final List<Index.Variable> VARIABLES =
      List.of(
          new Index.Loop(0),
          new Index.Loop(1),
          new Index.Loop(2),
          new Index.Time(),
          new Index.Steps(),
          new Index.Label(new Scalar.Load(LABELS, List.of(Index.loop(0)))));

  private final Map<Index.Variable, Integer> values = new HashMap<>();

  /** A random sum, written here as its factors in the order of {@link #VARIABLES}. */
  private record Sum(int[] factors, int constant) {
    static Sum random(Random random) {
      int[] factors =
          IntStream.range(0, VARIABLES.size()).map(v -> random.nextInt(7) - 3).toArray();
      return new Sum(factors, random.nextInt(21) - 10);
    }

    Index index() {
      Index index = Index.fixed(constant);
      for (int v = 0; v < factors.length; v++) {
        index = index.plus(Index.of(VARIABLES.get(v)).times(factors[v]));
      }
      return index;
    }

    int value(ToIntFunction<Index.Variable> values) {
      int sum = constant;
      for (int v = 0; v < factors.length; v++) {
        sum += factors[v] * values.applyAsInt(VARIABLES.get(v));
      }
      return sum;
    }
  }

  private Random random(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    VARIABLES.forEach(variable -> values.put(variable, random.nextInt(41) - 20));
    return random;
  }

  @RepeatedTest(200)
  void sumsProductsAndShiftsHaveTheValuesOfTheirParts(RepetitionInfo repetition) {
    Random random = random(repetition);
    Sum a = Sum.random(random);
    Sum b = Sum.random(random);
    int factor = random.nextInt(9) - 4;
    assertThat(a.index().at(values::get)).isEqualTo(a.value(values::get));
    assertThat(a.index().plus(b.index()).at(values::get))
        .isEqualTo(a.value(values::get) + b.value(values::get));
    assertThat(a.index().times(factor).at(values::get)).isEqualTo(factor * a.value(values::get));
    assertThat(a.index().shifted(factor).at(values::get)).isEqualTo(a.value(values::get) + factor);
  }

  @RepeatedTest(200)
  void substitutionComesToTheSameAsValues(RepetitionInfo repetition) {
    Random random = random(repetition);
    Sum outer = Sum.random(random);
    Map<Index.Variable, Sum> inner = new HashMap<>();
    VARIABLES.forEach(variable -> inner.put(variable, Sum.random(random)));
    Index substituted = outer.index().substitute(variable -> inner.get(variable).index());
    assertThat(substituted.at(values::get))
        .isEqualTo(outer.value(variable -> inner.get(variable).value(values::get)));
  }

  @RepeatedTest(50)
  void equalSumsAreEqualHoweverTheyAreWritten(RepetitionInfo repetition) {
    Random random = random(repetition);
    Index a = Sum.random(random).index();
    Index b = Sum.random(random).index();
    assertThat(a.plus(b)).isEqualTo(b.plus(a)).hasSameHashCodeAs(b.plus(a));
    assertThat(a.plus(b).plus(b.times(-1))).isEqualTo(a);
    assertThat(a.plus(a.times(-1))).isEqualTo(Index.fixed(0));
  }

  /** The windows of a convolution: stride 2, dilation 3, padding 1. */
  @Test
  void aWindowOfAConvolutionIsASum() {
    Index window = Index.loop(0).times(2).plus(Index.loop(1).times(3)).shifted(-1);
    int[] at = {4, 2};
    assertThat(window.at(variable -> at[((Index.Loop) variable).axis()])).isEqualTo(13);
    assertThat(window.constant()).isEqualTo(-1);
    assertThat(window.base()).isEqualTo(window.shifted(1));
  }

  @Test
  void substitutionReachesTheLabelsThatArePositions() {
    Scalar picked = new Scalar.Load(LABELS, List.of(Index.label(label(Index.loop(1)))));
    Function<Index.Variable, Index> outwards =
        variable -> variable instanceof Index.Loop loop ? Index.loop(loop.axis() + 1) : null;
    assertThat(picked.substitute(outwards))
        .isEqualTo(new Scalar.Load(LABELS, List.of(Index.label(label(Index.loop(2))))));
  }

  private static Scalar label(Index at) {
    return new Scalar.Load(LABELS, List.of(at));
  }
}
