package dev.peephole.runtime.data.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.data.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

  @Test
  void partsInOrderFollowEachOther() {
    List<int[]> parts = new Split(List.of(70.0, 20.0, 10.0), true).divide(10, 5);
    assertThat(parts)
        .containsExactly(new int[] {0, 1, 2, 3, 4, 5, 6}, new int[] {7, 8}, new int[] {9});
  }

  @Test
  void partsAtRandomHoldEachExampleOnce() {
    List<int[]> parts = new Split(List.of(70.0, 15.0, 15.0), false).divide(151, 5);
    assertThat(parts).extracting(part -> part.length).containsExactly(106, 22, 23);
    assertThat(parts.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, 151).toArray());
    assertThat(parts.get(0)).isNotEqualTo(IntStream.range(0, 106).toArray());
  }

  @Test
  void theSeedDecides() {
    Split split = new Split(List.of(50.0, 50.0), false);
    assertThat(split.divide(100, 1).get(0)).isEqualTo(split.divide(100, 1).get(0));
    assertThat(split.divide(100, 1).get(0)).isNotEqualTo(split.divide(100, 2).get(0));
  }

  @Test
  void partsThatAreNotAskedForAreEmpty() {
    List<int[]> parts = new Split(List.of(90.0, 10.0), true).divide(10, 0);
    assertThat(parts).extracting(part -> part.length).containsExactly(9, 1, 0);
    assertThat(Split.none().divide(4, 0)).extracting(p -> p.length).containsExactly(4, 0, 0);
  }

  @Test
  void refusesToLeaveAPartEmpty() {
    assertThatThrownBy(() -> new Split(List.of(90.0, 5.0, 5.0), false).divide(4, 0))
        .isInstanceOf(DataException.class)
        .hasMessage("the split 90 / 5 / 5 of 4 examples leaves nothing for the validation part");
  }

  @Test
  void refusesSharesThatMakeNoSense() {
    for (List<Double> shares :
        List.of(List.<Double>of(), List.of(0.0, 1.0), List.of(-1.0), List.of(Double.NaN))) {
      assertThatThrownBy(() -> new Split(shares, false))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void stratifiedPartsHaveTheirShareOfEachClass() {
    // 60 of a, 30 of b, 10 of c
    Split split = new Split(List.of(60.0, 20.0, 20.0), false).in(Manner.stratified("kind"));
    List<int[]> parts = split.divide(100, 3, e -> e % 10 < 6 ? "a" : e % 10 < 9 ? "b" : "c");
    assertThat(parts).extracting(part -> part.length).containsExactly(60, 20, 20);
    assertThat(parts.stream().map(SplitTest::classes))
        .containsExactly(List.of(36L, 18L, 6L), List.of(12L, 6L, 2L), List.of(12L, 6L, 2L));
    assertThat(everyExample(parts)).isEqualTo(IntStream.range(0, 100).toArray());
  }

  private static List<Long> classes(int[] part) {
    return List.of(
        Arrays.stream(part).filter(e -> e % 10 < 6).count(),
        Arrays.stream(part).filter(e -> e % 10 >= 6 && e % 10 < 9).count(),
        Arrays.stream(part).filter(e -> e % 10 == 9).count());
  }

  private static int[] everyExample(List<int[]> parts) {
    return parts.stream().flatMapToInt(Arrays::stream).sorted().toArray();
  }

  @Test
  void groupsStayTogether() {
    Split split = new Split(List.of(50.0, 50.0), false).in(Manner.grouped("patient"));
    List<int[]> parts = split.divide(40, 3, e -> "patient " + e % 7);
    assertThat(everyExample(parts)).isEqualTo(IntStream.range(0, 40).toArray());
    for (int patient = 0; patient < 7; patient++) {
      int of = patient;
      assertThat(parts).filteredOn(p -> Arrays.stream(p).anyMatch(e -> e % 7 == of)).hasSize(1);
    }
    assertThat(parts.get(0).length).isBetween(17, 23);
  }

  @Test
  void aColumnMayNameTheParts() {
    Split split = Split.none().in(Manner.given("part"));
    List<int[]> parts = split.divide(6, 0, e -> e < 3 ? "training" : e < 5 ? "test" : "validation");
    assertThat(parts).containsExactly(new int[] {0, 1, 2}, new int[] {5}, new int[] {3, 4});
  }

  @Test
  void eachExampleIsInTheTestPartOfOneFold() {
    for (Manner manner : List.of(Manner.AT_RANDOM, Manner.IN_ORDER, Manner.stratified("kind"))) {
      Split split = new Split(List.of(75.0, 25.0), false).in(manner);
      List<List<int[]>> folds =
          IntStream.range(0, 5)
              .mapToObj(f -> split.fold(f, 5).divide(30, 4, e -> e % 3 == 0 ? "a" : "b"))
              .toList();
      folds.forEach(
          parts -> {
            assertThat(parts).extracting(part -> part.length).containsExactly(18, 6, 6);
            assertThat(everyExample(parts)).isEqualTo(IntStream.range(0, 30).toArray());
          });
      assertThat(everyExample(folds.stream().map(parts -> parts.get(2)).toList()))
          .isEqualTo(IntStream.range(0, 30).toArray());
    }
  }
}
