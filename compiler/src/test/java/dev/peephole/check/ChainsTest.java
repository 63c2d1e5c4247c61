package dev.peephole.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.ir.Program;
import dev.peephole.proof.Point;
import dev.peephole.proof.Results;
import dev.peephole.proof.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers that are handed over and repeated are what one would write out. */
class ChainsTest {
  private static final String DECLARATIONS =
      """
      layer twice(x: [n], inner: layer) = x |> inner |> inner
      layer block(x: [n], units: int) = x |> dense(units) |> tanh |> dense(n)
      layer through(x: [T, n], of: cell, units: int) = of(x, units, direction: backward)
      layer many(x, parts: layers, times: int = 2) = repeat(x, times, part(parts) |> tanh)
      layer part(x, parts: layers) = repeat(x, each in parts, residual(each))

      """;

  private static Program program(String equations) {
    return Texts.network(
            DECLARATIONS
                + """
                network Tested {
                  input  x: [4]
                  target y: [1]
                  one = dense(units: 4)
                  %s
                  output p = dense(one(h), 1)
                  loss mse(p, y)
                }
                """
                    .formatted(equations.replace("; ", "\n  ")))
        .program();
  }

  private static List<String> paths(String equations) {
    return program(equations).parameters().stream()
        .map(p -> p.path())
        .filter(path -> path.endsWith("W"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          h = x |> repeat(2, dense(4) |> tanh) ~ h = x |> dense(4) |> tanh |> dense(4) |> tanh
          h = x |> repeat(3, one) ~ h = one(one(one(x)))
          h = x |> repeat(0, dense(9)) ~ h = x
          h = x |> repeat(units in [5, 4], dense(units)) ~ h = x |> dense(5) |> dense(4)
          h = x |> repeat(i in 1 .. 3, dense(4 * i)) |> dense(4) ~ h = x |> dense(4) |> dense(8) |> dense(4)
          h = x |> repeat(2, repeat(2, dense(4)) |> relu) ~ h = x |> dense(4) |> dense(4) |> relu |> dense(4) |> dense(4) |> relu
          h = x |> residual(block(3)) ~ h = x + block(x, 3)
          h = x |> twice(dense(4) |> leaky_relu(0.2)) ~ h = x |> dense(4) |> leaky_relu(0.2) |> dense(4) |> leaky_relu(0.2)
          h = x |> many([one, tanh]) ~ a = x + one(x); b = tanh(a + tanh(a)); c = b + one(b); h = tanh(c + tanh(c))
          h = x |> mlp([3, 4], elu(alpha: 0.3)) ~ h = x |> dense(3) |> elu(0.3) |> dense(4) |> elu(0.3)
          r = reshape(x, [2, 2]); h = r |> through(lstm(peepholes: true), 2) |> flatten ~ r = reshape(x, [2, 2]); h = flatten(lstm(r, 2, peepholes: true, direction: backward))
          """)
  void areWhatOneWouldWriteOut(String repeated, String written) {
    Program one = program(repeated);
    Program other = program(written);
    Results results = Results.interpreted(one, Point.random(one, 3, 5));
    Results expected = Results.interpreted(other, Point.random(other, 3, 5));
    assertThat(one.parameters()).hasSameSizeAs(other.parameters());
    assertThat(results.loss()).isEqualTo(expected.loss());
    assertThat(results.output()).isEqualTo(expected.output());
  }

  @Test
  void weightsAreCalledByTheLayersThatTheyLieIn() {
    assertThat(paths("h = x |> repeat(2, block(3)) |> block(5)"))
        .containsExactly(
            "one.W",
            "block1.dense1.W",
            "block1.dense2.W",
            "block2.dense1.W",
            "block2.dense2.W",
            "block3.dense1.W",
            "block3.dense2.W",
            "dense.W");
    assertThat(paths("h = x |> residual(dense(4) |> tanh)"))
        .containsExactly("one.W", "residual.dense.W", "dense.W");
  }

  /** A layer that is shared shares what was handed over to it. */
  @Test
  void sharedLayersShareWhatTheyWereGiven() {
    assertThat(paths("both = twice(inner: dense(4)); h = both(x) + both(x)"))
        .containsExactly("one.W", "both.dense1.W", "both.dense2.W", "dense.W");
  }
}
