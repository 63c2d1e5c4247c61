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
}
