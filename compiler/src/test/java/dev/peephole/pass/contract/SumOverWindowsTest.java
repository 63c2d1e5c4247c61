package dev.peephole.pass.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The textbook style writes a convolution and its gradients as they are defined. */
class SumOverWindowsTest {

  private static String model(String shape, String convolution) {
    return """
        network C {
          input  x: %s
          target y: class(2)
          param s: [1] = 1
          a = x * s[0]
          c = %s
          logits = c |> tanh |> flatten |> dense(2)
          output p = softmax(logits)
          loss cross_entropy(logits, y)
        }
        """
        .formatted(shape, convolution);
  }

  private static List<String> formulas(String shape, String convolution) {
    String model = model(shape, convolution);
    return Pipeline.lower(Texts.network(model).program(), Optimization.of(Style.TEXTBOOK))
        .phases()
        .values()
        .stream()
        .flatMap(List::stream)
        .map(Kernel::formulas)
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void theGradientForTheImageHasTheKernelFlipped() {
    assertThat(formulas("[5, 5, 2]", "conv2d(a, 3, kernel: 2)"))
        .contains(
            "c[n, u, v, k] = (Σₕᵢⱼ a[n, u + h, v + i, j] · W1[h, i, j, k]) + b1[k]",
            "dW1[h, i, j, k] = Σₙᵤᵥ a[n, u + h, v + i, j] · dc[n, u, v, k]",
            "da[n, u, v, j] = Σₕᵢₖ dc[n, u − h, v − i, k] · W1[h, i, j, k]");
  }

  @Test
  void whatIsFlattenedAtOnceIsPutBackToo() {
    assertThat(
            Pipeline.lower(
                    Texts.network(
                            model("[5, 5, 2]", "conv2d(a, 3, kernel: 2)").replace(" |> tanh", ""))
                        .program(),
                    Optimization.of(Style.TEXTBOOK))
                .phases())
        .isNotEmpty();
  }

  @Test
  void stridesDilationsAndZerosAroundStandInTheIndex() {
    assertThat(formulas("[9, 2]", "conv1d(a, 3, kernel: 3, stride: 2, padding: 2, dilation: 2)"))
        .contains(
            "c[n, h, k] = (Σᵢⱼ a[n, 2h + 2i − 2, j] · W1[i, j, k]) + b1[k]",
            "dW1[i, j, k] = Σₙₕ a[n, 2h + 2i − 2, j] · dc[n, h, k]");
  }

  @Test
  void groupsHaveTheirOwnChannels() {
    assertThat(formulas("[4, 4, 4]", "conv2d(a, 6, kernel: 2, groups: 2)"))
        .anySatisfy(
            formula ->
                assertThat(formula)
                    .matches(".* = Σ.* a\\[.*, 2\\w \\+ \\w] · W1\\[.*, 3\\w \\+ \\w]"));
  }

  @Test
  void aTransposedConvolutionIsTheGradientOfOne() {
    assertThat(formulas("[3, 3, 2]", "conv2d_transposed(a, 3, kernel: 2, stride: 2)"))
        .contains(
            "whole[n, u, v, j] = Σₕᵢₖ a[n, (u − h) / 2, (v − i) / 2, k] · W1[h, i, j, k]",
            "da[n, u, v, k] = Σₕᵢⱼ dc[n, 2u + h, 2v + i, j] · W1[h, i, j, k]");
  }
}
