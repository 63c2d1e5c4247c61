package dev.peephole.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.train.plan.WeightAverage;
import java.util.List;
import org.junit.jupiter.api.Test;

class AveragingTest {
  private final double[] w = {0, 0};
  private final List<Tensor> weights = List.of(Tensor.of("w", w, 2));

  private void move(double to) {
    w[0] = to;
    w[1] = -to;
  }

  /** The first weights count 0.9², the second 0.1 · 0.9, and so on. */
  @Test
  void stepsFade() {
    Averaging averaging = new Averaging(new WeightAverage(true, 0.9), weights);
    assertThat(averaging.begun()).isFalse();
    for (double to : List.of(3.0, 5.0, -1.0)) {
      move(to);
      averaging.step();
      averaging.epoch(1, 1);
    }
    double mean = 0.81 * 3 + 0.09 * 5 + 0.1 * -1;
    averaging.bringIn();
    assertThat(w).containsExactly(new double[] {mean, -mean}, within(1e-15));
    averaging.putBack();
    assertThat(w).containsExactly(-1, 1);
  }

  @Test
  void epochsCountAlikeFromAShareOn() {
    Averaging averaging = new Averaging(new WeightAverage(false, 0.5), weights);
    for (int epoch = 1; epoch <= 6; epoch++) {
      move(epoch * epoch);
      averaging.step();
      averaging.epoch(epoch, 6);
      assertThat(averaging.begun()).isEqualTo(epoch > 3);
    }
    averaging.bringIn();
    double mean = (16 + 25 + 36) / 3.0;
    assertThat(w).containsExactly(new double[] {mean, -mean}, within(1e-14));
  }
}
