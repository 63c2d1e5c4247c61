package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.driver.Network;
import dev.peephole.emit.java.ModelClass;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.kernel.Style;
import dev.peephole.proof.Generated.Variant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row that a label points at, and a product with one-hot rows, which is the same. */
class GatherTest {
  private static Network network(String expression) {
    return Texts.network(
        """
        network Words {
          input  word: [5] class(7)
          target y: [4]
          param  W: [7, 4] = normal
          output p = last(rnn(%s, 4))
          loss mse(p, y)
        }
        """
            .formatted(expression));
  }

  @ParameterizedTest
  @EnumSource
  void aProductWithOneHotRowsIsAGather(Style style) {
    Network product = network("one_hot(word) @ W");
    Network gather = network("W[word]");
    String code = new ModelClass(product.program(), "A", style, Precision.FLOAT).text();
    assertThat(code)
        .isEqualTo(new ModelClass(gather.program(), "A", style, Precision.FLOAT).text())
        .contains(style == Style.FAST ? "scatterAdd(" : "oneHot(");
    Point point = Point.random(gather.checked(), 6, 4);
    Results expected = Results.interpreted(product.checked(), product.program().step(), point);
    Variant variant = style == Style.FAST ? Variant.FAST : Variant.TEXTBOOK;
    Results found =
        Results.generated(Generated.model(gather.program(), variant), gather.program(), point);
    assertThat(Difference.between(expected, found).error()).isLessThan(1e-13);
  }

  /** Words by themselves are not made one-hot either: the weights of a cell are the table. */
  @ParameterizedTest
  @EnumSource
  void oneHotWordsOfACellAreLookedUp(Style style) {
    Network network =
        Texts.network(
            """
            network Words {
              input  word: [5] class(7)
              target y: [4]
              output p = one_hot(word) |> rnn(4) |> last
              loss mse(p, y)
            }
            """);
    assertThat(new ModelClass(network.program(), "A", style, Precision.FLOAT).text())
        .contains(style == Style.FAST ? "scatterAdd(" : "oneHot(")
        .doesNotContain("? 1 : 0");
    Point point = Point.random(network.checked(), 3, 5);
    Results expected = Results.interpreted(network.checked(), point);
    Variant variant = style == Style.FAST ? Variant.FAST : Variant.TEXTBOOK;
    Results found =
        Results.generated(Generated.model(network.program(), variant), network.program(), point);
    assertThat(found.output()).containsExactly(expected.output(), within(1e-13));
  }
}
