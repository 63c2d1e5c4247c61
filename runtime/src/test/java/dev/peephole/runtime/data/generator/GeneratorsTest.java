package dev.peephole.runtime.data.generator;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.example.Binding;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.data.example.RawExamples;
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

  @Test
  void addingMarksOneStepOfEachHalfAndSumsTheTwo() {
    int length = 7;
    Examples adding = adding(new Adding(500, length), 1);
    float[] x = (float[]) adding.arrays().get(0);
    float[] y = (float[]) adding.arrays().get(1);
    int[] marks = new int[length];
    for (int i = 0; i < 500; i++) {
      int[] halves = new int[2];
      float sum = 0;
      for (int t = 0; t < length; t++) {
        float number = x[2 * (i * length + t)];
        float mark = x[2 * (i * length + t) + 1];
        assertThat(number).isBetween(0f, 1f);
        assertThat(mark).isIn(0f, 1f);
        sum += number * mark;
        halves[t < length / 2 ? 0 : 1] += (int) mark;
        marks[t] += (int) mark;
      }
      assertThat(halves).containsExactly(1, 1);
      assertThat(y[i]).isCloseTo(sum, within(1e-6f));
    }
    assertThat(marks).as("every step is marked in some example").doesNotContain(0);
  }

  @Test
  void addingHasTheErrorOfAConstantThatItsPaperStates() {
    float[] y = (float[]) adding(new Adding(20_000, 10), 5).arrays().get(1);
    double squares = 0;
    for (float sum : y) {
      squares += (sum - 1) * (sum - 1);
    }
    assertThat(squares / y.length).isCloseTo(1 / 6.0, within(0.005));
  }

  @Test
  void addingFollowsTheSeedAndRefusesWhatIsTooShort() {
    Adding source = new Adding(3, 4);
    float[] x = (float[]) adding(source, 1).arrays().get(0);
    assertThat((float[]) adding(source, 1).arrays().get(0)).isEqualTo(x);
    assertThat((float[]) adding(source, 2).arrays().get(0)).isNotEqualTo(x);
    assertThatThrownBy(() -> new Adding(3, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Adding(2_000_000, 1000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Examples adding(Adding adding, long seed) {
    List<Tensor> tensors =
        List.of(
            Tensor.of("x", new float[2 * adding.length()], adding.length(), 2),
            Tensor.of("y", new float[1], 1));
    return load(adding, List.of(bind("x", field("x")), bind("y", field("y"))), tensors, seed);
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
