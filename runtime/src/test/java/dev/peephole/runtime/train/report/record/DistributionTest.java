package dev.peephole.runtime.train.report.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Insight;
import dev.peephole.runtime.Tensor;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private static final int[] ALL = {};

  /** Three examples of two units: one always 0, one now and then. */
  @Test
  void aRectifierThatIsAlwaysZeroIsDead() {
    double[] h = {0, 0, 0, 2, 0, 1};
    Axes axes = new Axes(new int[] {Insight.BATCH, 2}, 3, 1);
    Insight.Flat relu = new Insight.Flat("h", 0, Double.POSITIVE_INFINITY);
    Distribution d = Distribution.of(i -> h[i], axes, ALL, Optional.of(relu));
    assertThat(d.means()).containsExactly(0, 1);
    assertThat(d.low()).containsExactly(1, 1 / 3.0);
    assertThat(d.high()).containsExactly(0, 0);
    assertThat(d.stuck()).isEqualTo(1);
    assertThat(d.lowShare()).isEqualTo(2 / 3.0, within(1e-12));
    assertThat(d.quantile(0.5)).isZero();
    assertThat(d.quantile(0.95)).isEqualTo(2);
    assertThat(d.histogram(0, 2, 2)).containsExactly(new double[] {4 / 6.0, 2 / 6.0}, within(1e-9));
  }

  @Test
  void aUnitBetweenBothEndsIsSaturated() {
    double[] h = {-0.99, 0.5, 0.999, 0.1};
    Axes axes = new Axes(new int[] {Insight.BATCH, 2}, 2, 1);
    Insight.Flat tanh = new Insight.Flat("h", -1, 1);
    Distribution d = Distribution.of(i -> h[i], axes, ALL, Optional.of(tanh));
    assertThat(d.low()).containsExactly(0.5, 0);
    assertThat(d.high()).containsExactly(0.5, 0);
    assertThat(d.stuck()).isEqualTo(1);
  }

  /** Two steps, two examples, one unit, in the order of time; the second example ends after one. */
  @Test
  void whatLiesBehindTheEndOfAnExampleDoesNotCount() {
    double[] s = {1, 2, 3, 100};
    Axes axes = new Axes(new int[] {Tensor.OPEN, Insight.BATCH, 1}, 2, 2);
    assertThat(axes.recurrent()).isTrue();
    assertThat(axes.step(2)).isEqualTo(1);
    assertThat(axes.example(1)).isEqualTo(1);
    Distribution d = Distribution.of(i -> s[i], axes, new int[] {2, 1}, Optional.empty());
    assertThat(d.sorted()).containsExactly(1, 2, 3);
    assertThat(d.mean()).isEqualTo(2);
  }
}
