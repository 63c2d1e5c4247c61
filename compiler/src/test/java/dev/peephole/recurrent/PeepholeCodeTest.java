package dev.peephole.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.Golden;
import dev.peephole.driver.JavaSources;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.op.Matmul;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the peephole LSTM: where its products are, and how it reads. */
class PeepholeCodeTest {
  private static final int GATES = 4;
  private static final Path MODEL = Golden.folder("recurrent").resolve("Spikes.nn");
  private static final Network NETWORK = Texts.network(MODEL);

  private static String textbook() {
    return JavaSources.of(NETWORK, Style.TEXTBOOK).files().get("Spikes.java");
  }

  /** Each gate has its two products, of the input and of the state, inside. */
  @Test
  void forwardEachGateHasItsProductsWhereItsEquationIs() {
    List<Kernel> forward = kernels(Style.TEXTBOOK, Phase.FORWARD);
    assertThat(products(forward)).isZero();
    assertThat(products(recurrence(forward).body())).isEqualTo(2 * GATES);
  }

  /** Rows of one 1 are no product but a look at a table, in the equation that reads it. */
  @Test
  void aLabelPicksARowWhereTheEquationIs() {
    String text =
        """
        network Words {
          input  word: [6] class(4)
          target next: [6] class(4)
          logits = lstm(one_hot(word), 4)
          output p = softmax(logits)
          loss cross_entropy(logits, next)
        }
        """;
    String code = JavaSources.of(Texts.network(text), Style.TEXTBOOK).files().get("Words.java");
    assertThat(code)
        .contains("// g = tanh(W_g[word_t] + sPrevU_g + b_g)")
        .contains("tanh(W_g[word_t[t * N + ")
        .contains("// dW_g = onehot(word_t)ᵀ · dz_g")
        .doesNotContain("gather")
        .contains("// peak = max")
        .doesNotContain("peak1");
  }

  /** Inside is only what hands gradients to the step before: dz · Uᵀ of each gate. */
  @Test
  void backwardTheGradientsOfAllWeightsAreOutside() {
    List<Kernel> backward = kernels(Style.TEXTBOOK, Phase.BACKWARD);
    assertThat(products(backward)).isEqualTo(2 * GATES);
    assertThat(products(recurrence(backward).body())).isEqualTo(GATES);
  }

  /** One product of all gates for the inputs, one a step for the state. */
  @Test
  void fastAllGatesAreInOneProductInsideAndOneOutside() {
    List<Kernel> forward = kernels(Style.FAST, Phase.FORWARD);
    assertThat(products(forward)).isEqualTo(1);
    assertThat(products(recurrence(forward).body())).isEqualTo(1);
  }

  /** The gradients of all W, those of all U, and one product a step. */
  @Test
  void fastBackwardHasTwoProductsOutsideAndOneInside() {
    List<Kernel> backward = kernels(Style.FAST, Phase.BACKWARD);
    assertThat(products(backward)).isEqualTo(2);
    assertThat(products(recurrence(backward).body())).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void backwardAStepHasProductsWithTransposedWeightsAndNoSums(Style style) {
    List<Kernel> step = recurrence(kernels(style, Phase.BACKWARD)).body();
    assertThat(calls(step).map(product -> ((Matmul) product.equation().op()).form()))
        .containsOnly(Matmul.Form.RIGHT_TRANSPOSED);
    assertThat(step).noneMatch(kernel -> kernel instanceof Kernel.Reduce);
  }

  /** What a step computes of the gates goes straight to its columns of the one matrix. */
  @Test
  void fastTheStepsCopyNothing() {
    List<Kernel> step = recurrence(kernels(Style.FAST, Phase.BACKWARD)).body();
    assertThat(step).hasSize(2);
    assertThat(recurrence(kernels(Style.FAST, Phase.FORWARD)).body())
        .filteredOn(kernel -> kernel instanceof Kernel.Loop)
        .allMatch(kernel -> kernel.formulas().stream().noneMatch(f -> f.matches("\\w+ = \\[.*")));
  }

  private static List<Kernel> kernels(Style style, Phase phase) {
    return Pipeline.lower(NETWORK.program(style), Optimization.of(style)).phases().get(phase);
  }

  private static Kernel.Recurrence recurrence(List<Kernel> kernels) {
    List<Kernel> found = kernels.stream().filter(k -> k instanceof Kernel.Recurrence).toList();
    assertThat(found).hasSize(1);
    return (Kernel.Recurrence) found.get(0);
  }

  private static Stream<Kernel.Call> calls(List<Kernel> kernels) {
    return kernels.stream()
        .filter(k -> k instanceof Kernel.Call call && call.equation().op() instanceof Matmul)
        .map(k -> (Kernel.Call) k);
  }

  private static int products(List<Kernel> kernels) {
    return (int) calls(kernels).count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "W_g", "U_g", "b_g", "p_i", "p_f", "p_o", "g", "i", "f", "o", "c", "s", "sPrev", "cPrev",
        "dW_g", "dU_g", "db_g", "dp_i", "dc", "ds"
      })
  void keepsTheNamesOfTheLecture(String name) {
    assertThat(textbook()).containsPattern("\\b" + name + "[\\[,]");
  }

  @Test
  void readsLikeThis() {
    Golden.check(Golden.folder("recurrent").resolve("Spikes.java"), textbook());
  }

  @Test
  void fastItReadsLikeThis() {
    String fast = JavaSources.of(NETWORK, Style.FAST).files().get("Spikes.java");
    Golden.check(Golden.folder("recurrent").resolve("SpikesFast.java"), fast);
  }
}
