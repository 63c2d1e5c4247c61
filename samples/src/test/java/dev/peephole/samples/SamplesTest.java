package dev.peephole.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Gradients;
import dev.peephole.kernel.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every sample. */
class SamplesTest {
  static List<Sample> samples() {
    return List.of(
        Sample.FEVER,
        Sample.XOR,
        Sample.SPIRAL,
        Sample.HOMEWORK2,
        Sample.ADDING,
        Sample.REBER,
        Sample.ANBNCN,
        Sample.MEASURE,
        Sample.GENERATE,
        Sample.TAGGER,
        Sample.CHARS,
        Sample.DIGITS,
        Sample.AUTOENCODER,
        Sample.IRIS,
        Sample.SUNSPOTS,
        Sample.CONVOLUTIONS,
        Sample.SHAKESPEARE,
        Sample.MNIST,
        Sample.LENET);
  }

  @Test
  void eachModelIsTestedHere() throws IOException {
    try (Stream<Path> files = Files.find(Path.of(""), 2, (p, a) -> p.toString().endsWith(".nn"))) {
      assertThat(files)
          .containsExactlyInAnyOrderElementsOf(samples().stream().map(Sample::model).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void hasAPageThatSaysHowToRunIt(Sample sample) throws IOException {
    assertThat(Files.readString(sample.model().resolveSibling("README.md")))
        .contains("./nnc train samples/" + sample);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void hasNoErrors(Sample sample) {
    assertThat(sample.compiled().errors()).isEmpty();
  }

  /**
   * All but those with thousands of parameters in a recurrence or a convolution, or a hundred time
   * steps, which would take minutes.
   */
  static List<Sample> quickToDifferentiate() {
    List<Sample> slow =
        List.of(
            Sample.CHARS,
            Sample.SHAKESPEARE,
            Sample.TAGGER,
            Sample.DIGITS,
            Sample.LENET,
            Sample.ADDING);
    return samples().stream().filter(sample -> !slow.contains(sample)).toList();
  }

  @ParameterizedTest
  @MethodSource("quickToDifferentiate")
  void gradientsAgreeWithCentralDifferences(Sample sample) {
    for (Style style : Style.values()) {
      assertThat(Gradients.compare(sample.network(), style, 1))
          .as(style.toString())
          .isNotEmpty()
          .allSatisfy(g -> assertThat(g.maxRelativeError()).as(g.parameter()).isLessThan(1e-6));
    }
  }
}
