package dev.peephole.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TensorTest {

  @Test
  void rowsOfFixedLengthHoldTheSameNumbersInEveryBatch() {
    Tensor x = Tensor.of("x", new float[12], 2, 3);
    assertThat(x.open()).isFalse();
    assertThat(x.size()).isEqualTo(6);
    assertThat(x.size(5)).isEqualTo(6);
  }

  @Test
  void anOpenAxisIsAsLongAsTheBatchSays() {
    Tensor x = Tensor.of("x", new float[60], Tensor.OPEN, 3);
    assertThat(x.open()).isTrue();
    assertThat(x.size()).isEqualTo(3);
    assertThat(x.size(5)).isEqualTo(15);
  }

  @Test
  void twoOpenAxesAreEquallyLong() {
    assertThat(Tensor.of("A", new double[50], Tensor.OPEN, 2, Tensor.OPEN).size(5)).isEqualTo(50);
  }
}
