package dev.peephole.runtime.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.runtime.train.report.record.Table;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackflowTest {
  private static String finding(int steps, double factor, OptionalInt truncation) {
    double[] t = IntStream.rangeClosed(1, steps).asDoubleStream().toArray();
    double[] norms =
        IntStream.rangeClosed(1, steps).mapToDouble(k -> Math.pow(factor, steps - k)).toArray();
    Table table = new Table("backflows", "epoch", "state", "step", "norm");
    return new Backflow(table, truncation).finding("s", "after epoch 3", t, norms);
  }

  @Test
  void aGradientThatIsHalvedAtEachStepVanishes() {
    assertThat(finding(21, 0.5, OptionalInt.empty()))
        .isEqualTo(
            "After epoch 3, the gradient of s is greatest before step 21 (1.00) and 9.54 · 10⁻⁷"
                + " before step 1, 20 steps away: 10⁶ times smaller, by a factor of 0.500 a step."
                + " It vanishes.");
  }

  @Test
  void oneThatGrowsOnItsWayBackIsGreatestAtTheFirstStep() {
    assertThat(finding(11, 2, OptionalInt.empty()))
        .contains("greatest before step 1 (1024)")
        .contains("and 1.00 before step 11, 10 steps away: 1,024 times smaller");
  }

  @Test
  void oneThatHardlyChangesKeepsItsSize() {
    assertThat(finding(11, 0.95, OptionalInt.empty()))
        .endsWith("10 steps away: it keeps its size to a factor of 1.67.");
  }

  @Test
  void saysWhereGradientsAreCut() {
    assertThat(finding(11, 0.5, OptionalInt.of(4)))
        .startsWith("Gradients are cut every 4 steps: none crosses a dashed line.");
  }
}
