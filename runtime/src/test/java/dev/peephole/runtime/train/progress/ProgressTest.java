package dev.peephole.runtime.train.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.runtime.train.metric.Measurement;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes);

  private static Epoch epoch(
      int number, double loss, Optional<Measurement> validation, double rate) {
    return new Epoch(number, 10, loss, validation, OptionalDouble.empty(), Map.of(), 1.5, rate);
  }

  @Test
  void aLineAnEpochInPipes() {
    Progress lines = new ProgressLines(out, 12);
    Measurement validation = new Measurement(0.25, Map.of("accuracy", 0.98765));
    lines.step(1, 64, 2.5);
    lines.epoch(epoch(3, 0.123456, Optional.of(validation), 45120.4));
    lines.epoch(epoch(4, 12.5, Optional.empty(), 7));
    lines.end();
    assertThat(bytes)
        .hasToString(
            "epoch 3/12  loss 0.1235  validation loss 0.2500  accuracy 0.9877  45,120 examples/s\n"
                + "epoch 4/12  loss 12.50  7 examples/s\n");
  }

  @Test
  void theBarSaysHowFarTheRunIs() {
    ProgressBar bar = new ProgressBar(out, 1, 4, 1000, 64);
    assertThat(bar.line(3, 500, 0.25, 10))
        .isEqualTo("epoch 3/4 [======    ] step 8/16  loss 0.2500  0:06 left  250 examples/s");
  }

  @Test
  void aResumedRunCountsItsOwnTimeAlone() {
    ProgressBar bar = new ProgressBar(out, 3, 4, 1000, 64);
    assertThat(bar.line(3, 500, 0.25, 10)).endsWith("0:30 left  50 examples/s");
  }

  @Test
  void theBarFitsIntoATerminal() {
    ProgressBar bar = new ProgressBar(out, 1, 100_000, 1_000_000, 64);
    assertThat(bar.line(99_999, 999_999, 1.5e-17, 1)).hasSize(79);
  }

  @Test
  void hoursAreWrittenIfThereAreAny() {
    assertThat(Figures.duration(59.6)).isEqualTo("1:00");
    assertThat(Figures.duration(3725)).isEqualTo("1:02:05");
  }
}
