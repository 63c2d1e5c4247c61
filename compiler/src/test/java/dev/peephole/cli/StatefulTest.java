package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.opencl.OnDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans whose states are carried over, from the model file to predictions. */
class StatefulTest extends CommandTest {
  private static final int LENGTH = 24;
  private static final Pattern LOSS = Pattern.compile("\"loss\":([-+.eE0-9]+)");
  private static final Offset<Double> CLOSE = within(1e-6);
  private static final String TEXT = "so she said: a rose is a rose is a rose. and so on, he said.";

  /** Two series, their rows in turn; one row more than windows take, to be predicted. */
  @BeforeEach
  void writeData() throws IOException {
    StringBuilder csv = new StringBuilder("run,x\n");
    for (int t = 0; t <= LENGTH; t++) {
      csv.append("one,").append(Math.sin(t * 0.7)).append('\n');
      csv.append("two,").append(Math.cos(1 + t * t * 0.1)).append('\n');
    }
    write("series.csv", csv.toString());
    write("text.txt", TEXT);
  }

  /** A deep network over windows of so many rows. */
  private Path series(String name, int window, String clauses) throws IOException {
    return write(
        name,
        """
        network Waves {
          input  x: [%1$s, 1]
          target y: [%1$s, 1]
          output p = x |> lstm(4, peepholes: true) |> gru(3) |> dense(1)
          loss mse(p, y)
        }

        train Waves {
          data      csv("series.csv", series: "run") { x = column "x"   y = x shifted 1 }
          window    %1$s step %1$s
          epochs    2
          optimizer adam(rate: 0.05)
          %2$s
        }
        """
            .formatted(window, clauses));
  }

  private Path text(String name, int window, String clauses) throws IOException {
    return write(
        name,
        """
        network Chars {
          input  text: [%1$s] class(20)
          target next: [%1$s] class(20)
          logits = one_hot(text) |> rnn(6) |> dense(20)
          output p = softmax(logits)
          loss cross_entropy(logits, next)
        }

        train Chars {
          data      text("text.txt") { text = window %1$s step %1$s   next = text shifted 1 }
          epochs    2
          optimizer adam(rate: 0.05)
          metrics   accuracy
          %2$s
        }
        """
            .formatted(window, clauses));
  }

  private Path train(Path model, String run, Object... more) {
    Path out = folder.resolve(run);
    Object[] arguments = {"train", model, "-o", out, "--quiet"};
    Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    Outcome trained = nnc(all);
    assertThat(trained.status()).as(trained.err()).isZero();
    return out.resolve("weights.safetensors");
  }

  private static double loss(Path model, Path weights) {
    Outcome measured = nnc("eval", model, "--weights", weights, "--json");
    assertThat(measured.status()).as(measured.err()).isZero();
    Matcher found = LOSS.matcher(measured.out());
    assertThat(found.find()).as(measured.out()).isTrue();
    return Double.parseDouble(found.group(1));
  }

  /** Both series are measured as if each were one window, whatever a batch is. */
  @Test
  void measuresWholeSeries() throws IOException {
    Path weights = train(series("windows.nn", 4, "stateful"), "run");
    double whole = loss(series("whole.nn", LENGTH, ""), weights);
    assertThat(loss(series("forgetful.nn", 4, ""), weights)).isNotCloseTo(whole, within(1e-4));
    for (int batch : new int[] {1, 2, 32}) {
      Path windows = series("batch.nn", 4, "stateful\n  batch " + batch);
      assertThat(loss(windows, weights)).isCloseTo(whole, within(1e-6 * whole));
    }
  }

  @Test
  void measuresAWholeText() throws IOException {
    Path weights = train(text("windows.nn", 6, "stateful\n  batch 3"), "run");
    int all = (TEXT.length() - 1) / 6 * 6;
    double whole = loss(text("whole.nn", all, ""), weights);
    assertThat(loss(text("windows.nn", 6, "stateful"), weights))
        .isCloseTo(whole, within(1e-6 * whole));
    assertThat(loss(text("windows.nn", 6, ""), weights)).isNotCloseTo(whole, within(1e-4));
  }

  @Test
  void predictsWholeSeries() throws IOException {
    Path windows = series("windows.nn", 4, "stateful");
    Path weights = train(windows, "run");
    List<String> pieces = predictions(windows, weights);
    assertThat(pieces).hasSize(2 * LENGTH / 4);
    List<String> whole = predictions(series("whole.nn", LENGTH, ""), weights);
    assertThat(numbers(pieces.subList(0, LENGTH / 4)))
        .containsExactly(numbers(whole.get(0)), CLOSE);
    assertThat(numbers(pieces.subList(LENGTH / 4, 2 * LENGTH / 4)))
        .containsExactly(numbers(whole.get(1)), CLOSE);
  }

  private List<String> predictions(Path model, Path weights) {
    Outcome predicted =
        nnc("predict", model, "--weights", weights, "--in", folder.resolve("series.csv"));
    assertThat(predicted.status()).as(predicted.err()).isZero();
    return predicted.lines().subList(1, predicted.lines().size());
  }

  private static double[] numbers(List<String> lines) {
    return lines.stream().flatMapToDouble(line -> Arrays.stream(numbers(line))).toArray();
  }

  /** What stands behind the name of the series. */
  private static double[] numbers(String line) {
    return Arrays.stream(line.split(",")).skip(1).mapToDouble(Double::parseDouble).toArray();
  }

  /** Measuring the validation part between the epochs leaves no trace, nor does a metric. */
  @Test
  void trainsToTheSameBits() throws IOException {
    Path model = text("text.nn", 6, "stateful\n  batch 2\n  truncate 3\n  split 70 / 30 in order");
    byte[] whole = Files.readAllBytes(train(model, "whole", "--epochs", 4));
    assertThat(Files.readAllBytes(train(model, "again", "--epochs", 4))).isEqualTo(whole);
    train(model, "halves", "--epochs", 2);
    Outcome resumed =
        nnc("train", model, "--resume", folder.resolve("halves"), "--epochs", 4, "--quiet");
    assertThat(resumed.status()).as(resumed.err()).isZero();
    Path halves = folder.resolve("halves").resolve("weights.safetensors");
    assertThat(Files.readAllBytes(halves)).isEqualTo(whole);
    String text = Files.readString(model);
    Path unmeasured = write("unmeasured.nn", text.replaceAll("  metrics +accuracy\n", ""));
    assertThat(Files.readAllBytes(train(unmeasured, "unmeasured", "--epochs", 4))).isEqualTo(whole);
  }

  /** The same losses on a device, but for rounding. */
  @Test
  void trainsOnADevice() throws IOException {
    OnDevice.require();
    Path model = series("windows.nn", 4, "stateful\n  batch 3");
    double expected = loss(model, train(model, "here"));
    double found = loss(model, train(model, "there", "--device", "opencl"));
    assertThat(found).isCloseTo(expected, within(1e-4 * expected));
    Path forgetful = series("forgetful.nn", 4, "batch 3");
    assertThat(loss(model, train(forgetful, "forgetful"))).isNotCloseTo(expected, within(1e-3));
  }

  @Test
  void gradientsAreThoseOfDifferences() throws IOException {
    Outcome checked = nnc("gradcheck", series("windows.nn", 4, "stateful"));
    assertThat(checked.status()).as(checked.out()).isZero();
  }
}
