package dev.peephole.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.proof.Texts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which output answers which target. */
class PairingTest {
  private static Compilation compile(String outputs, String loss) {
    String text =
        """
        network P {
          input  x: [3]
          input  weight: []
          target big: [2]
          target small: [2]
          target kind: class(2)
          b = dense(x, 2)
          s = dense(tanh(b), 2)
          logits = dense(x, 2)
          output %s
          loss %s + 0.1 * mean((b + s + logits) ^ 2)
        }
        """
            .formatted(outputs, loss);
    return Frontend.compile(Path.of("p.nn"), text, DataAccess.none());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "b, s                       ~ mse(b, big) + mse(s, small)              ~ 0 1",
        "s, b                       ~ mse(b, big) + mse(s, small)              ~ 1 0",
        "s, b                       ~ mse(small, s) + 0.1 * huber(big, b)      ~ 1 0",
        "softmax(logits), b         ~ mae(b, small) + cross_entropy(logits, kind) ~ 2 1",
        "softmax(logits), tanh(x), s ~ mse(s, small) + cross_entropy(logits, kind) ~ 2 -1 1",
        "sigmoid(logits), s         ~ binary_cross_entropy(logits, small) + mse(s, big) ~ 1 0",
        "b, s                       ~ mse(s, big) + 0.3 * mse(b, big)          ~ 0 0",
        "s, b                       ~ weight * sum((big - b) ^ 2) + sum(abs(small * weight - s)) ~ 1 0",
        "s, b                       ~ mse(b + 1, big) + mse(2 * s, small)      ~ 1 0",
        "b for small, s for big     ~ mse(b, big) + mse(s, small)              ~ 1 0",
        "p = b for small            ~ mse(b, big) + mse(b, small)              ~ 1",
      })
  void followsFromTheLoss(String outputs, String loss, String expected) {
    Compilation compilation = compile(outputs, loss);
    assertThat(compilation.errors()).as(Texts.messages(compilation)).isEmpty();
    List<Integer> wanted = Arrays.stream(expected.split(" ")).map(Integer::valueOf).toList();
    assertThat(compilation.networks().get(0).program().answers()).isEqualTo(wanted);
  }
}
