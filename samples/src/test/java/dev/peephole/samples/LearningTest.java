package dev.peephole.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.kernel.Style;
import dev.peephole.runtime.train.metric.Measurement;
import dev.peephole.runtime.train.output.Result;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every sample learns, by the plan that it ships with. */
class LearningTest {

  @TempDir Path folder;

  /**
   * The loss is in units of the variance of the temperatures to predict: always to say their mean
   * is 1, and always to say that nothing changes is about 0.7.
   */
  @Test
  void fever() {
    Result result = train(Sample.FEVER, OptionalInt.empty());
    assertThat(result.parts().get("validation").loss()).isLessThan(0.05);
    assertThat(result.parts().get("test").loss()).isLessThan(0.05);
  }

  @Test
  void xor() {
    assertThat(accuracy(train(Sample.XOR, OptionalInt.empty()), "training")).isEqualTo(1);
  }

  @Test
  void spiral() {
    assertThat(accuracy(train(Sample.SPIRAL, OptionalInt.empty()), "test")).isGreaterThan(0.95);
  }

  /** With momentum, a schedule and penalties. */
  @Test
  void homework2() {
    assertThat(accuracy(train(Sample.HOMEWORK2, OptionalInt.empty()), "test")).isGreaterThan(0.95);
  }

  @Test
  void iris() {
    Result result = train(Sample.IRIS.required(), OptionalInt.empty());
    assertThat(accuracy(result, "test")).isGreaterThan(0.9);
  }

  @Test
  void digitsAfterOneEpoch() {
    Result result = train(Sample.MNIST.required(), OptionalInt.of(1));
    assertThat(accuracy(result, "test")).isGreaterThan(0.94);
  }

  /** A linear classifier comes to 0.92 in many epochs. */
  @Test
  void drawnDigitsAfterOneEpoch() {
    Result result = train(Sample.DIGITS, OptionalInt.of(1));
    assertThat(accuracy(result, "test")).isGreaterThan(0.93);
  }

  /** Always to say the mean is 1, and always to say last month's number about 0.22. */
  @Test
  void sunspotsAfterFiveEpochs() {
    Result result = train(Sample.SUNSPOTS.required(), OptionalInt.of(5));
    assertThat(result.parts().get("validation").loss()).isLessThan(0.21);
  }

  /** In ten epochs almost every string is right at every step; what comes last is the hardest. */
  @Test
  void reberAfterTenEpochs() {
    Result result = train(Sample.REBER, OptionalInt.of(10));
    assertThat(sequenceAccuracy(result, "test")).isGreaterThan(0.9);
  }

  /** No string is right to its end by chance, and these are longer than all in training. */
  @Test
  void stringsLongerThanThoseInTraining() {
    Result result = train(Sample.ANBNCN, OptionalInt.of(150));
    assertThat(sequenceAccuracy(result, "test")).isGreaterThan(0.04);
  }

  /** Of ten delays, guessing gets a train in a thousand right. */
  @Test
  void delaysAfterFiveEpochs() {
    Result result = train(Sample.MEASURE, OptionalInt.of(5));
    assertThat(sequenceAccuracy(result, "test")).isGreaterThan(0.5);
  }

  /** To say each word's most frequent tag gets 0.18 of the sentences right. */
  @Test
  void tagsAfterThreeEpochs() {
    Result result = train(Sample.TAGGER, OptionalInt.of(3));
    assertThat(sequenceAccuracy(result, "test")).isGreaterThan(0.8);
  }

  /** Knowing only how often each character comes gives about 3.5, and always a space 0.16. */
  @Test
  void charactersAfterTenEpochs() {
    Result result = train(Sample.CHARS, OptionalInt.of(10));
    assertThat(result.parts().get("validation").loss()).isLessThan(3);
    assertThat(accuracy(result, "validation")).isGreaterThan(0.25);
  }

  private Result train(Sample sample, OptionalInt epochs) {
    return sample.train(Style.FAST, epochs, folder.resolve("run"));
  }

  private static double accuracy(Result result, String part) {
    return metric(result, part, "accuracy");
  }

  private static double sequenceAccuracy(Result result, String part) {
    return metric(result, part, "sequence_accuracy");
  }

  private static double metric(Result result, String part, String name) {
    Measurement measured = result.parts().get(part);
    return measured.metrics().get(name);
  }
}
