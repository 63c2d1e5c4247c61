package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SequencesTest {
  private static final int[] LENGTHS = {2, 3, 1, 9};

  @Test
  void theLongestOfTheFirstExamplesCounts() {
    assertThat(Sequences.longest(LENGTHS, 1)).isEqualTo(2);
    assertThat(Sequences.longest(LENGTHS, 3)).isEqualTo(3);
  }

  @Test
  void anExampleWithoutStepsIsRefused() {
    assertThatThrownBy(() -> Sequences.longest(new int[] {4, 0}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("example 1 has 0 time steps");
  }

  @Test
  void rowsOfNumbersRepeatTheirLast() {
    float[] x = {1, 2, 3, 4, -1, -1, 5, 6, 7, 8, 9, 10, 11, 12, -1, -1, -1, -1, 99};
    Sequences.repeatLast(x, LENGTHS, 3, 1, 3, 2);
    assertThat(x).containsExactly(1, 2, 3, 4, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 11, 12, 11, 12, 99);
  }

  @Test
  void labelsAndAxesInTheMiddleToo() {
    int[] x = {1, 2, -1, 3, 4, -1, 5, 6, 7, 8, 9, 10};
    Sequences.repeatLast(x, LENGTHS, 2, 2, 3, 1);
    assertThat(x).containsExactly(1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10);
  }
}
