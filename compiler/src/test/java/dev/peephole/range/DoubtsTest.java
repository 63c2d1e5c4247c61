package dev.peephole.range;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.driver.Compilation;
import dev.peephole.proof.Texts;
import dev.peephole.runtime.kernel.ArrayMath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is warned of because of the ranges of values, and what is not. */
class DoubtsTest {
  private static final String NETWORK =
      """
      function mine(z) = 1 / (1 + exp(-z))
      function shares(z: [n]) = exp(z) / sum(exp(z))
      function own(logits, y) = mean(softplus(logits) - logits * y)
      function strict(z) {
        expect z within -1 .. 1 else "too far"
        return z
      }

      network Doubted {
        input  x: [4]
        input  seq: [5, 4]
        target y: [3]
        target k: class(3)
        z = dense(concat(x, seq[0]), 3)
        output p = tanh(z)
        loss mse(p, y) + 0.5 * cross_entropy(z, k) + mean(%s)
      }
      """;

  private static List<Diagnostic> warnings(String expression) {
    Compilation compilation = Texts.compile(NETWORK.formatted(expression));
    assertThat(compilation.errors()).as(Texts.messages(compilation)).isEmpty();
    return compilation.warnings();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "binary_cross_entropy(sigmoid(z), y)",
        "binary_cross_entropy(z |> sigmoid, y)",
        "binary_cross_entropy(mine(z), y)",
        "binary_cross_entropy(softmax(z), y)",
        "cross_entropy(softmax(z), k)",
        "cross_entropy(shares(z), k)",
        "-log_softmax(shares(z))[k]",
        "softmax(softmax(z))",
        "binary_cross_entropy_of_probabilities(z, y)",
        "binary_cross_entropy_of_probabilities(relu(z), y)",
        "binary_cross_entropy_of_probabilities(p, y)",
        "strict(2 * p)",
      })
  void whatIsExpectedIsNotThere(String expression) {
    assertThat(warnings(expression)).extracting(Diagnostic::code).containsExactly(Code.RANGE);
    Diagnostic warning = warnings(expression).get(0);
    assertThat(warning.notes()).anyMatch(note -> note.contains(" expects "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log(relu(z))",
        "log(z)",
        "log(1 - relu(z))",
        "log1p(2 * tanh(z))",
        "sqrt(tanh(z))",
        "sqrt(relu(z))",
        "1 / relu(z)",
        "x[0 .. 3] / z",
        "1 / (1 - relu(z))",
        "z ^ 0.5",
        "z ^ -1",
        "relu(z) ^ 0.5",
        "own(sigmoid(z), y)",
        "sigmoid(mine(z))",
        "lstm(seq, 2) |> last |> dense(2) |> log",
      })
  void aFunctionIsTakenWhereItIsNotMeantToBe(String expression) {
    assertThat(warnings(expression)).extracting(Diagnostic::code).containsExactly(Code.DOMAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log(softmax(z))",
        "log(shares(z))",
        "log(sigmoid(z))",
        "y * log(1 - sigmoid(z))",
        "log1p(tanh(z))",
        "sqrt(1 + tanh(z))",
        "1 / (1 - sigmoid(z))",
        "sigmoid(z) ^ -0.5",
      })
  void roundingBringsAFunctionWhereItIsNotMeantToBe(String expression) {
    assertThat(warnings(expression))
        .extracting(Diagnostic::message)
        .singleElement()
        .asString()
        .startsWith("rounding can make this ");
  }

  @Test
  void sigmoidAndTanhAreSoonAtTheirEnds() {
    float[] ends = {17, -104, 17, 10};
    ArrayMath.sigmoid(ends, 0, 2);
    ArrayMath.tanh(ends, 2, 2);
    assertThat(ends).containsExactly(1, 0, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "binary_cross_entropy(z, y)",
        "binary_cross_entropy_of_probabilities(sigmoid(z), y)",
        "binary_cross_entropy_of_probabilities(0.5 * (1 + p), y)",
        "binary_cross_entropy_of_probabilities(softmax(z), y)",
        "binary_cross_entropy(p, y)",
        "binary_cross_entropy(x[0 .. 3], y)",
        "binary_cross_entropy_of_probabilities(x[0 .. 3], y)",
        "softmax(x)",
        "strict(p)",
        "log(softplus(z))",
        "log(1e-6 + relu(z))",
        "log(max(softmax(z), 1e-6))",
        "log(1 + 1e-6 - sigmoid(z))",
        "log_softmax(z)",
        "log(1 - sigmoid(x))",
        "sqrt(2 + tanh(z))",
        "log(x)",
        "1 / x",
        "1 / sum(exp(z))",
        "sqrt(sum(z ^ 2))",
        "z ^ 2 + z ^ 3",
        "(1 + relu(z)) ^ 0.5",
        "relu(z) ^ 1.5",
        "where(z > 0, log(z), 0)",
        "where(z > 0, sqrt(z) / z, z)",
        "z / (1 + abs(z))",
        "2 * (y - 0.5)",
        "where(y - mean(y) > 0, z, y)",
        "relu(z - 5) + min(z, 1)",
        "seq |> gru(3) |> last",
        "sigmoid(2 * sigmoid(z))",
      })
  void whatIsMeantIsNotWarnedOf(String expression) {
    assertThat(warnings(expression)).extracting(Diagnostic::message).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relu(-exp(z))",
        "max(min(z, 0), 1)",
        "where(softplus(z) < -1, z, 2)",
        "0 * z",
        "z - z",
      })
  void aValueNeverChanges(String expression) {
    assertThat(warnings(expression)).extracting(Diagnostic::code).containsOnly(Code.FLAT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum(z) - y", "y - mean(z)", "abs(concat(z, z)[0] - y)"})
  void aTargetIsComparedWithAnotherShape(String expression) {
    assertThat(warnings(expression)).extracting(Diagnostic::code).containsExactly(Code.BROADCAST);
  }

  @Test
  void bothPlacesAreMarkedAndTheHintNamesTheLogits() {
    Diagnostic warning = warnings("binary_cross_entropy(sigmoid(z), y)").get(0);
    assertThat(warning.span().text()).isEqualTo("binary_cross_entropy(sigmoid(z), y)");
    assertThat(warning.secondary()).hasSize(1);
    assertThat(warning.secondary().get(0).span().text()).isEqualTo("sigmoid(z)");
    assertThat(warning.secondary().get(0).text()).isEqualTo("this lies between 0 and 1");
    assertThat(warning.hints()).containsExactly("give it z, of which sigmoid makes these");
  }

  @Test
  void aValueIsWarnedOfOnce() {
    assertThat(warnings("cross_entropy(softmax(z), k) + mean(log_softmax(softmax(z)))")).hasSize(2);
    assertThat(warnings("cross_entropy(softmax(z), k)").get(0).message())
        .isEqualTo("these are probabilities, and cross_entropy takes logits");
  }
}
