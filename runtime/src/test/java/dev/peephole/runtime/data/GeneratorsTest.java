package dev.peephole.runtime.data;

import static dev.peephole.runtime.data.Binding.bind;
import static dev.peephole.runtime.data.Selector.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratorsTest {

  @Test
  void xorIsOneWhereTheTwoDiffer() {
    List<Tensor> tensors =
        List.of(Tensor.of("x", new float[2], 2), Tensor.labels("y", 2, new int[1]));
    Examples xor =
        load(new Xor(), List.of(bind("x", field("x")), bind("y", field("y"))), tensors, 3);
    assertThat((float[]) xor.arrays().get(0)).containsExactly(0, 0, 0, 1, 1, 0, 1, 1);
    assertThat((int[]) xor.arrays().get(1)).containsExactly(0, 1, 1, 0);
  }

  @Test
  void spiralWithoutNoiseLiesOnItsArms() {
    Examples spiral = spiral(new Spiral(12, 3, 0), 1);
    float[] x = (float[]) spiral.arrays().get(0);
    int[] label = (int[]) spiral.arrays().get(1);
    assertThat(label).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2);
    for (int i = 0; i < 12; i++) {
      double radius = Math.hypot(x[2 * i], x[2 * i + 1]);
      assertThat(radius).isCloseTo((i / 3 + 1) / 4.0, within(1e-6));
      double turns = label[i] / 3.0 + 0.75 * radius;
      double angle = Math.atan2(x[2 * i + 1], x[2 * i]) / (2 * Math.PI);
      assertThat(Math.sin(Math.PI * (turns - angle))).isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void spiralStaysWithinOneAndFollowsTheSeed() {
    Spiral source = new Spiral(1000, 4, 0.3);
    float[] x = (float[]) spiral(source, 1).arrays().get(0);
    for (float coordinate : x) {
      assertThat(coordinate).isBetween(-1f, 1f);
    }
    assertThat((float[]) spiral(source, 1).arrays().get(0)).isEqualTo(x);
    assertThat((float[]) spiral(source, 2).arrays().get(0)).isNotEqualTo(x);
  }

  private static Examples spiral(Spiral spiral, long seed) {
    List<Tensor> tensors =
        List.of(
            Tensor.of("p", new float[2], 2), Tensor.labels("arm", spiral.classes(), new int[1]));
    return load(spiral, List.of(bind("arm", field("label")), bind("p", field("x"))), tensors, seed);
  }

  private static Examples load(
      Source source, List<Binding> bindings, List<Tensor> tensors, long seed) {
    return RawExamples.load(source, DataFolder.of(Path.of("")), bindings, tensors, seed)
        .prepare(Map.of(), Map.of());
  }
}
