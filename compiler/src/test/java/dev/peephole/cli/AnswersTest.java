package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions are on the scales of the targets that they answer, in whatever order these stand. */
class AnswersTest extends CommandTest {
  private static final String MODEL =
      """
      network Both {
        input  x: [1]
        target big: [1]
        target small: [1]
        s = dense(x, 1)
        b = dense(x, 1)
        output %s
        loss mse(b, big) + mse(s, small)
      }

      train Both {
        data        csv("both.csv") { x = column "x"   big = column "big"   small = column "small" }
        standardize x, big, small
        batch       10
        epochs      60
        optimizer   sgd(rate: 0.1)
      }
      """;

  private static double big(double x) {
    return 650 + 40 * x;
  }

  private static double small(double x) {
    return 0.1 - 0.003 * x;
  }

  /** What is said of straight lines is on them. */
  @ParameterizedTest
  @ValueSource(strings = {"s, b", "b, s"})
  void areOnTheScalesOfTheirTargets(String outputs) throws IOException {
    StringBuilder csv = new StringBuilder("x,big,small\n");
    for (int x = -10; x < 10; x++) {
      csv.append(String.format(Locale.ROOT, "%d,%s,%s\n", x, big(x), small(x)));
    }
    write("both.csv", csv.toString());
    Path model = write("both.nn", MODEL.formatted(outputs));
    Path run = folder.resolve("run");
    assertThat(nnc("train", model, "-o", run, "--quiet").status()).isZero();
    Path in = write("in.csv", "x\n-7.5\n3.25\n");
    Path out = folder.resolve("out.csv");
    Outcome predicted =
        nnc(
            "predict",
            model,
            "--weights",
            run.resolve("weights.safetensors"),
            "--in",
            in,
            "-o",
            out);
    assertThat(predicted.err()).isEmpty();
    List<String> lines = Files.readAllLines(out);
    List<String> header = List.of(lines.get(0).split(","));
    for (int row = 0; row < 2; row++) {
      String[] fields = lines.get(1 + row).split(",");
      double x = row == 0 ? -7.5 : 3.25;
      double b = Double.parseDouble(fields[header.indexOf("b")]);
      double s = Double.parseDouble(fields[header.indexOf("s")]);
      assertThat(b).isCloseTo(big(x), within(1.0));
      assertThat(s).isCloseTo(small(x), within(1e-4));
    }
  }
}
