package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Gradients;
import dev.peephole.driver.Network;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Style;
import dev.peephole.proof.Generated.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code regularize} adds to the loss, and to which parameters. */
class PenaltiesTest {
  private static final double ROUNDING = 1e-13;

  private static Network network(String loss, String... clauses) {
    return Texts.network(
        """
        function bumpy(w, width = 1.0) = sum(1 - exp(-(w / width) ^ 2))
        network Line {
          input  x: [3]
          target y: [2]
          param  W: [3, 2] = glorot_uniform
          param  b: [2]    = 0
          output p = x @ W + b
          loss %s
        }
        train Line {
          data      csv("none.csv") { x = columns 0 .. 3   y = columns 3 .. 5 }
          optimizer sgd()
          %s
        }
        """
            .formatted(loss, String.join("\n  ", clauses)));
  }

  private static void sameAs(String loss, String... clauses) {
    Network given = network("mse(p, y)", clauses);
    Network written = network(loss);
    Point point = Point.random(written.checked(), 4, 3);
    Results expected = Results.interpreted(written.program(), point);
    assertThat(Difference.between(expected, Results.interpreted(given.program(), point)).error())
        .isLessThan(ROUNDING);
    for (Variant variant : List.of(Variant.TEXTBOOK, Variant.FAST)) {
      Results found =
          Results.generated(Generated.model(given.program(), variant), given.program(), point);
      assertThat(Difference.between(expected, found).error())
          .as(variant.toString())
          .isLessThan(ROUNDING);
    }
    assertThat(expected.loss())
        .isGreaterThan(Results.interpreted(network("mse(p, y)").program(), point).loss() + 1e-3);
    for (Style style : Style.values()) {
      assertThat(Gradients.compare(given, style, 5)).allMatch(Gradients.Agreement::ok);
    }
  }

  @Test
  void withoutNamesItIsOnTheWeights() {
    sameAs("mse(p, y) + 0.1 * sum(W ^ 2)", "regularize l2(0.1)");
  }

  @Test
  void namesSayWhatItIsOn() {
    sameAs("mse(p, y) + 0.1 * sum(abs(b))", "regularize l1(strength: 0.1) on b");
    sameAs("mse(p, y) + 0.01 * sum(abs(b)) + 0.01 * sum(abs(W))", "regularize l1 on b, W");
  }

  @Test
  void clausesAdd() {
    sameAs(
        "mse(p, y) + 0.1 * sum(W ^ 2) + 0.2 * sum(W ^ 2) + 0.3 * sum(abs(b))",
        "regularize l2(0.1)",
        "regularize l2(0.2) on W",
        "regularize l1(0.3) on b");
  }

  @Test
  void anyFunctionOfAParameterCanBeAPenalty() {
    sameAs("mse(p, y) + bumpy(W, 0.5)", "regularize bumpy(0.5)");
  }

  /** The parameters whose gradients a clause changes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "l2(1)                  | dense1.W dense2.W inner.dense.W",
        "l2(1) on W             | dense1.W dense2.W inner.dense.W",
        "l2(1) on b             | dense1.b dense2.b inner.dense.b",
        "l2(1) on dense2.W      | dense2.W",
        "l2(1) on dense1        | dense1.W dense1.b",
        "l2(1) on inner         | inner.dense.W inner.dense.b inner.gain",
        "l2(1) on inner.dense   | inner.dense.W inner.dense.b",
        "l2(1) on gain, dense1  | dense1.W dense1.b inner.gain",
      })
  void parametersAreNamedByThemselvesByPathOrByLayer(String clause, String expected) {
    String text =
        """
        layer inner(x: [n]) {
          param gain: [] = 1
          return gain * tanh(dense(x, n))
        }
        network Deep {
          input  x: [3]
          target y: [2]
          output p = x |> dense(3) |> inner |> dense(2)
          loss mse(p, y)
        }
        train Deep {
          data      csv("none.csv") { x = columns 0 .. 3   y = columns 3 .. 5 }
          optimizer sgd()
          %s
        }
        """;
    Program without = Texts.network(text.formatted("")).program();
    Program with = Texts.network(text.formatted("regularize " + clause)).program();
    Point point = Point.random(without, 2, 9);
    Results before = Results.interpreted(without, point);
    Results after = Results.interpreted(with, point);
    TreeSet<String> changed = new TreeSet<>();
    without.parameters().stream()
        .map(Program.Parameter::path)
        .filter(path -> !Arrays.equals(before.gradient(path), after.gradient(path)))
        .forEach(changed::add);
    assertThat(changed).containsExactly(expected.split(" "));
  }
}
