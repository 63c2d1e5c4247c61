package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trainer says before it begins which outputs cannot come to their targets. */
class ReachTest extends CommandTest {
  private static final String MODEL =
      """
      network Grey {
        input  x: [1]
        target y: [1]
        output p = %s(dense(x, 1))
        loss mse(p, y)
      }
      train Grey {
        data      csv("grey.csv") { x = column "a"   y = column "%s" }
        split     75 / 25 in order
        epochs    1
        optimizer sgd(rate: 1e-6)
      }
      """;

  private static final String DATA =
      """
      a,pixel,share,signed
      1,0,0,-1
      2,255,1,0.5
      3,128,0.25,1
      4,7,0.5,-3
      """;

  private Outcome trained(String function, String column) throws IOException {
    write("grey.csv", DATA);
    Path model = write("grey.nn", MODEL.formatted(function, column));
    return nnc("train", model, "--quiet", "-o", folder.resolve("run"));
  }

  @ParameterizedTest
  @CsvSource({
    "tanh,    pixel,  'p is always between -1 and 1, and 2 of 3 numbers of y are not: they go from 0.00 to 255'",
    "sigmoid, signed, 'p is always between 0 and 1, and 1 of 3 numbers of y are not: they go from -1.00 to 1.00'",
    "relu,    signed, 'p is always 0 or more, and 1 of 3 numbers of y are not: they go from -1.00 to 1.00'",
  })
  void whatItCannotReach(String function, String column, String message) throws IOException {
    Outcome outcome = trained(function, column);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).startsWith("warning: grey.nn:4: " + message + "\n  hint: leave out ");
  }

  @ParameterizedTest
  @CsvSource({"tanh, share", "tanh, signed", "sigmoid, share", "relu, pixel", "abs, pixel"})
  void whatItCanReach(String function, String column) throws IOException {
    assertThat(trained(function, column).err()).isEmpty();
  }
}
