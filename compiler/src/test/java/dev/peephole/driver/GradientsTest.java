package dev.peephole.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Gradients.Agreement;
import dev.peephole.ir.Function;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Style;
import dev.peephole.proof.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientsTest {

  private static Network network(String output, String loss) {
    return network("", output, loss);
  }

  private static Network network(String function, String output, String loss) {
    String text =
        """
        %s
        function steps(h) = h + stop_gradient(round(h) - h)
        function halfSquare(h) = h * stop_gradient(h)

        network A {
          input x: [3]
          target y: [3]
          output p = %s
          loss %s
        }
        """
            .formatted(function, output, loss);
    Compilation compiled = Frontend.compile(Path.of("a.nn"), text, DataAccess.none());
    assertThat(compiled.errors()).isEmpty();
    return compiled.networks().get(0);
  }

  @ParameterizedTest
  @EnumSource
  void rightGradientsAgreeClosely(Style style) {
    Network network = network("x |> dense(4) |> relu |> dense(3) |> tanh", "mse(p, y)");
    List<Agreement> agreements = Gradients.compare(network, style, 1);
    assertThat(agreements)
        .extracting(Agreement::parameter)
        .containsExactly("dense1.W", "dense1.b", "dense2.W", "dense2.b");
    assertThat(agreements).allMatch(a -> a.maxRelativeError() < 1e-8);
  }

  @Test
  void swappedGradientsDisagree() {
    Network network = network("x |> dense(3) |> tanh |> dense(3)", "mse(p, y)");
    Function step = network.program().step();
    List<Var> outputs = new ArrayList<>(step.outputs());
    int first = outputs.indexOf(network.program().gradients().get(0));
    Var gradient = outputs.get(first);
    outputs.set(first, outputs.get(first + 2));
    outputs.set(first + 2, gradient);
    Function wrong = step.with(step.equations(), outputs);
    Network swapped =
        new Network(network.checked(), network.program().withStep(wrong), network.plan());
    assertThat(Gradients.compare(swapped, Style.FAST, 1))
        .extracting(Agreement::ok)
        .containsExactly(false, true, false, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mse(p, y)", "mean(log(abs(p) + x * y))", "mean(sqrt(x + y) * p)"})
  void examplesAreDrawnWhereTheLossIsFinite(String loss) {
    assertThat(Gradients.compare(network("sigmoid(dense(x, 3))", loss), Style.FAST, 1))
        .allMatch(Agreement::ok);
  }

  /** Half of the numbers are negative, where roots and logarithms that are not taken are none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "where(z > 0, sqrt(z), z)",
        "where(z > 0, tanh(log(z) * z), 0)",
        "where(z > 0, z ^ 1.5, 0.5 * z)",
        "where(sum(z) > 0, z * sqrt(sum(z)), z)"
      })
  void branchesNotTakenDoNotMatter(String branches) {
    Network network =
        network("function chosen(z) = " + branches, "chosen(dense(x, 3))", "mse(p, y)");
    for (Style style : Style.values()) {
      assertThat(Gradients.compare(network, style, 1)).allMatch(Agreement::ok);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatTwoStatesBeginWithGetsBothGradients(Style style) {
    String text =
        """
        cell twins(x: [m]) {
          param start: [m] = 0.5
          state a: [m] = start
          state b: [m] = start
          a = 0.5 * prev a + x
          b = tanh(prev b * x)
          return a * b
        }
        network Twins {
          input x: [4, 2]
          target y: [1]
          output p = dense(last(twins(x)), 1)
          loss mse(p, y)
        }
        """;
    assertThat(Gradients.compare(Texts.network(text), style, 1)).allMatch(Agreement::ok);
  }

  @Test
  void aGradientOfZeroAgrees() {
    Network network = network("x |> dense(3) |> softmax", "0 * mse(p, y) + sum(p)");
    assertThat(Gradients.compare(network, Style.FAST, 1)).allMatch(Agreement::ok);
  }

  @Test
  void stoppedValuesAreHeldFixed() {
    Network network = network("dense(steps(dense(x, 2)), 3)", "mse(p, y)");
    assertThat(Gradients.compare(network, Style.FAST, 1))
        .hasSize(4)
        .allMatch(a -> a.maxRelativeError() < 1e-8);
  }

  /** A program whose gradients do flow through the stop is told from the right one. */
  @Test
  void aGradientThatFlowsThroughAStopDisagrees() {
    Network stopped = network("dense(halfSquare(dense(x, 2)), 3)", "mse(p, y)");
    Network flowing = network("dense(dense(x, 2) ^ 2, 3)", "mse(p, y)");
    Network wrong = new Network(stopped.checked(), flowing.program(), stopped.plan());
    assertThat(Gradients.compare(wrong, Style.FAST, 1)).extracting(Agreement::ok).contains(false);
  }

  /** The state of before counts half in what is computed, and not at all in the gradient. */
  @ParameterizedTest
  @EnumSource
  void stoppedValuesInsideACellAreHeldFixedAtEachStep(Style style) {
    String text =
        """
        cell keeping(x: [m], units: int) {
          param W: [m, units] = glorot_uniform
          state c: [units]    = 0

          keep = stop_gradient(prev c)
          c = 0.5 * keep + tanh(x @ W)
          return c
        }

        network A {
          input x: [6, 3]
          target y: [1]
          output p = x |> keeping(2) |> last |> dense(1)
          loss mse(p, y)
        }
        """;
    Compilation compiled = Frontend.compile(Path.of("a.nn"), text, DataAccess.none());
    assertThat(compiled.errors()).isEmpty();
    assertThat(Gradients.compare(compiled.networks().get(0), style, 1))
        .hasSize(3)
        .allMatch(a -> a.maxRelativeError() < 1e-8);
  }

  @Test
  void theLibrarysOwnStopsAreCompared() {
    Network network = network("x |> dense(3) |> softmax", "mse(p, y)");
    assertThat(Gradients.compare(network, Style.FAST, 1)).allMatch(a -> a.ok());
  }
}
