package dev.peephole.runtime.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.runtime.Tensor;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ClipTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private final float[] a = {3, 0};
  private final double[] b = {-4};
  private final List<Tensor> gradients = List.of(Tensor.of("a", a, 2), Tensor.of("b", b, 1));

  @Test
  void theNormIsThatOfAllGradientsTogether() {
    new Clip(OptionalDouble.of(1), NONE, gradients).apply();
    assertThat(a).containsExactly(0.6f, 0);
    assertThat(b).containsExactly(-0.8);
  }

  @Test
  void smallGradientsStayAsTheyAre() {
    new Clip(OptionalDouble.of(5), OptionalDouble.of(4), gradients).apply();
    assertThat(a).containsExactly(3, 0);
    assertThat(b).containsExactly(-4);
  }

  @Test
  void valuesAreCutOneByOne() {
    new Clip(NONE, OptionalDouble.of(3.5), gradients).apply();
    assertThat(a).containsExactly(3, 0);
    assertThat(b).containsExactly(-3.5);
  }
}
