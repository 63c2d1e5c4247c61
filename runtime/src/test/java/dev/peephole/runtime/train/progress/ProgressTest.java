package dev.peephole.runtime.train.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.runtime.train.metric.Measurement;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes);
  private long now;

  private static Epoch epoch(
      int number, double loss, Optional<Measurement> validation, double rate) {
    return new Epoch(number, 10, loss, validation, OptionalDouble.empty(), Map.of(), 1.5, rate);
  }

  @Test
  void aLineAnEpochInPipes() {
    Progress lines = new ProgressLines(out, 12, 64);
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
  void someTwentyLinesOfManyEpochs() {
    Progress lines = new ProgressLines(out, 200, 64);
    for (int number = 1; number <= 197; number++) {
      lines.epoch(epoch(number, 1, Optional.empty(), 1));
    }
    lines.end();
    assertThat(bytes.toString().lines().map(line -> line.substring(6, line.indexOf('/'))))
        .hasSize(21)
        .startsWith("1", "10", "20")
        .endsWith("180", "190", "197");
  }

  @Test
  void aLineWhereNothingWasSaidForAMinute() {
    Progress lines = new ProgressLines(out, 200, 1000, () -> now);
    lines.step(7, 500, 0.25);
    now = 61_000_000_000L;
    lines.step(7, 620, 0.125);
    lines.step(7, 640, 0.125);
    assertThat(bytes).hasToString("epoch 7/200, 62 %  loss 0.1250\n");
  }

  /** What a terminal is told is seen as a terminal would show it. */
  @Test
  void barsOfTheRunAndOfTheEpoch() {
    ProgressBar bar = new ProgressBar(out, 4, 1000, 64, () -> now);
    bar.step(1, 64, 1);
    bar.epoch(epoch(2, 1, Optional.of(new Measurement(0.5, Map.of())), 1));
    now = 10_000_000_000L;
    bar.step(3, 500, 0.25);
    assertThat(shown())
        .containsExactly(
            "run   [===============         ] epoch 3/4  0:10, 0:06 left  250 examples/s",
            "epoch [============            ] step 8/16  loss 0.2500  validation loss 0.5000");
    now += 1;
    bar.step(3, 564, 0.25);
    assertThat(bytes.toString()).as("drawn ten times a second at most").containsOnlyOnce("epoch [");
    now += 100_000_000;
    bar.step(3, 628, 0.125);
    assertThat(bytes.toString()).contains("\033[1A\r");
    assertThat(shown().get(1)).contains("step 10/16  loss 0.1250");
    bar.end();
    assertThat(bytes.toString()).endsWith("\033[2K\033[1A\033[2K\r");
  }

  private List<String> shown() {
    String drawn = bytes.toString();
    String last = drawn.substring(drawn.lastIndexOf("\033[?7l"));
    return last.replaceAll("\033\\[[?0-9]*[A-Za-z]|\r", "").lines().toList();
  }

  @Test
  void aResumedRunCountsItsOwnTimeAlone() {
    ProgressBar bar = new ProgressBar(out, 4, 1000, 64, () -> now);
    bar.step(3, 64, 1);
    now = 10_000_000_000L;
    bar.step(3, 500, 0.25);
    assertThat(shown().get(0)).endsWith("0:30 left  50 examples/s");
  }

  @Test
  void hoursAreWrittenIfThereAreAny() {
    assertThat(Figures.duration(59.6)).isEqualTo("1:00");
    assertThat(Figures.duration(3725)).isEqualTo("1:02:05");
  }
}
