package dev.peephole.pass.verify;

import static dev.peephole.pass.verify.ChangedKernels.inside;
import static dev.peephole.pass.verify.ChangedKernels.network;
import static dev.peephole.pass.verify.ChangedKernels.refused;
import static dev.peephole.pass.verify.ChangedKernels.twice;
import static dev.peephole.pass.verify.ChangedKernels.with;
import static dev.peephole.pass.verify.ChangedKernels.without;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.peephole.driver.Network;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Texts;
import dev.peephole.recurrent.RandomCell;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels that the passes make hold, and each of them is needed once. */
class VerifyKernelsTest {
  static Stream<String> samples() {
    return Texts.samples().stream().map(Texts::read);
  }

  static Stream<String> small() {
    return Stream.concat(
        LongStream.range(0, 4).mapToObj(RandomProgram::text),
        LongStream.range(0, 4).mapToObj(RandomCell::text));
  }

  private static Stream<Set<Optimization>> optimizations(boolean each) {
    Set<Optimization> fast = Optimization.of(Style.FAST);
    return Stream.concat(
        Stream.of(fast, Optimization.of(Style.TEXTBOOK), Optimization.onDevice(fast)),
        Arrays.stream(Optimization.values()).filter(o -> each).map(Optimization::without));
  }

  /** The pipeline itself verifies what comes out of each of its steps. */
  @ParameterizedTest
  @MethodSource("samples")
  void whatThePassesMakeHolds(String text) {
    holds(text, optimizations(false));
  }

  @ParameterizedTest
  @MethodSource("small")
  void whatThePassesMakeWithoutOneOptimizationHolds(String text) {
    holds(text, optimizations(true));
  }

  private static void holds(String text, Stream<Set<Optimization>> each) {
    Network network = Texts.network(text);
    each.forEach(
        some ->
            assertThatCode(() -> new VerifyKernels().verify(network(network, some), "here"))
                .as("%s of%n%s", some, text)
                .doesNotThrowAnyException());
  }

  /** Nothing is computed for nothing, and nothing twice. */
  @ParameterizedTest
  @MethodSource("small")
  void everyKernelIsNeededOnce(String text) {
    Network whole = Texts.network(text);
    for (Style style : Style.values()) {
      ToKernels.Network network = network(whole, Optimization.of(style));
      for (Phase phase : Phase.values()) {
        List<Kernel> kernels = network.phases().get(phase);
        for (int i = 0; i < kernels.size(); i++) {
          Kernel kernel = kernels.get(i);
          if (!(kernel instanceof Kernel.Alias)) {
            int place = i;
            refused(with(network, phase, all -> without(all, place)), "reads");
            refused(with(network, phase, all -> twice(all, place)), "written");
          }
          if (kernel instanceof Kernel.Recurrence recurrence) {
            everyKernelIsNeededOnce(network, phase, recurrence);
          }
        }
      }
    }
  }

  private static void everyKernelIsNeededOnce(
      ToKernels.Network network, Phase phase, Kernel.Recurrence recurrence) {
    for (int i = 0; i < recurrence.body().size(); i++) {
      int place = i;
      if (!(recurrence.body().get(i) instanceof Kernel.Alias)) {
        refused(inside(network, phase, recurrence, all -> without(all, place)), "reads");
        refused(inside(network, phase, recurrence, all -> twice(all, place)), "written");
      }
    }
  }
}
