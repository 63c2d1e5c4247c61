package dev.peephole.runtime.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccuracyTest {

  @Test
  void theLargestNumberIsTheAnswerForALabel() {
    Tensor p = Tensor.of("p", new float[] {.1f, .7f, .2f, .4f, .3f, .4f, .2f, .2f, .6f}, 3);
    Tensor kind = Tensor.labels("kind", 3, new int[] {1, 2, 2});
    Metric accuracy = only(List.of(p), List.of(kind));
    accuracy.add(3);
    assertThat(accuracy.values()).containsExactly(2 / 3.0);
    assertThat(accuracy.names()).containsExactly("accuracy");
  }

  @Test
  void moreThanOneHalfIsTheAnswerForZeroOrOne() {
    Tensor p = Tensor.of("p", new float[] {0.5f, 0.6f, 0.9f, 0.1f}, 1);
    Metric accuracy = only(List.of(p), List.of(Tensor.of("y", new float[] {0, 1, 0, 0}, 1)));
    accuracy.add(4);
    assertThat(accuracy.values()).containsExactly(0.75);
    Metric binary = only(List.of(p), List.of(Tensor.labels("y", 2, new int[] {1, 1, 1, 0}, 1)));
    binary.add(4);
    assertThat(binary.values()).containsExactly(0.75);
  }

  @Test
  void everyStepOfASequenceHasAnAnswer() {
    Tensor p = Tensor.of("p", new float[] {.9f, .1f, .2f, .8f, .6f, .4f, .3f, .7f}, 2, 2);
    Metric accuracy =
        only(List.of(p), List.of(Tensor.labels("next", 2, new int[] {0, 1, 1, 1}, 2)));
    accuracy.add(2);
    assertThat(accuracy.values()).containsExactly(0.75);
  }

  @Test
  void addsUpOverBatchesAndForgetsWhenCleared() {
    Tensor p = Tensor.of("p", new float[] {1, 0});
    Tensor y = Tensor.of("y", new float[] {1, 1});
    Metric accuracy = only(List.of(p), List.of(y));
    accuracy.add(2);
    accuracy.add(1);
    assertThat(accuracy.values()).containsExactly(2 / 3.0);
    accuracy.clear();
    accuracy.add(1);
    assertThat(accuracy.values()).containsExactly(1.0);
  }

  @Test
  void severalLabelsHaveAnAccuracyEach() {
    Tensor p = Tensor.of("p", new float[] {1, 0, 0}, 3);
    Tensor q = Tensor.of("q", new float[] {0, 1}, 2);
    Tensor r = Tensor.of("r", new float[] {5}, 1);
    List<Tensor> targets =
        List.of(
            Tensor.labels("tag", 3, new int[1]),
            Tensor.labels("kind", 2, new int[1]),
            Tensor.of("size", new float[1], 1));
    Buffers buffers = new Buffers(List.of(p, q, r), targets);
    assertThat(Metrics.of(List.of(Asked.of("accuracy")), buffers, Map.of(), Map.of()))
        .flatExtracting(Metric::names)
        .containsExactly("accuracy_tag", "accuracy_kind");
  }

  @Test
  void refusesWhatHasNoAccuracy() {
    Tensor p = Tensor.of("p", new float[] {1, 0, 0}, 3);
    assertThatThrownBy(() -> only(List.of(p), List.of(Tensor.labels("tag", 4, new int[1]))))
        .isInstanceOf(DataException.class)
        .hasMessage("accuracy cannot be measured: no output of Line has such answers");
    Metric real =
        only(List.of(Tensor.of("p", new float[1])), List.of(Tensor.of("y", new float[] {37})));
    assertThatThrownBy(() -> real.add(1))
        .isInstanceOf(DataException.class)
        .hasMessage("the accuracy of y needs zeros and ones, and y is 37.0");
  }

  @Test
  void unknownMetricsAreAnsweredWithThoseThereAre() {
    assertThatThrownBy(() -> Metrics.check(List.of(Asked.of("loss"), Asked.of("acuracy"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no metric acuracy: did you mean accuracy?");
  }

  private static Metric only(List<Tensor> outputs, List<Tensor> targets) {
    return new Buffers(outputs, targets).metric(Asked.of("accuracy"));
  }
}
