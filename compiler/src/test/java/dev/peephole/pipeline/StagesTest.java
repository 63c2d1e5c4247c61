package dev.peephole.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.peephole.Golden;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.lines.LineMapJson;
import dev.peephole.lines.LineMapper;
import dev.peephole.proof.Texts;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A network after each step of the pipeline. */
class StagesTest {

  static List<Path> models() {
    return Golden.files("ir", ".nn");
  }

  @ParameterizedTest
  @MethodSource("models")
  void areThese(Path model) {
    Golden.check(
        Golden.beside(model, ".expected"),
        text(Pipeline.derivation(Texts.network(model).checked()).stream()));
  }

  /** From the equations that keep a buffer to kernels and shared buffers, in both styles. */
  @ParameterizedTest
  @MethodSource("models")
  void ofKernelsAreThese(Path model) {
    Network network = Texts.network(model);
    assertAll(Stream.of(Style.values()).map(style -> () -> checkKernels(model, network, style)));
  }

  private static void checkKernels(Path model, Network network, Style style) {
    List<Stage> stages = Pipeline.stages(network.checked(), Optimization.of(style));
    Stream<? extends Stage> kernels = stages.stream().filter(Stage.Kernels.class::isInstance);
    String ending = "." + style.name().toLowerCase(Locale.ROOT);
    Golden.check(Golden.beside(model, ending), text(kernels));
  }

  private static String text(Stream<? extends Stage> stages) {
    return stages
        .map(stage -> "after " + stage.name() + "\n\n" + stage.text())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void theListNamesEachStageOnceAndInOrder() {
    assertThat(Pipeline.names()).startsWith("check").doesNotHaveDuplicates();
    Set<String> seen = new HashSet<>();
    for (Path model : models()) {
      for (Style style : Style.values()) {
        List<String> names =
            Pipeline.stages(Texts.network(model).checked(), Optimization.of(style)).stream()
                .map(Stage::name)
                .toList();
        assertThat(Pipeline.names()).containsSubsequence(names);
        seen.addAll(names);
      }
    }
    seen.add("carry-states");
    assertThat(seen).containsExactlyInAnyOrderElementsOf(Pipeline.names());
  }

  /** Where the lines that come of it stand in the files of both styles and of a device. */
  @Test
  void areMappedToLines() {
    Path model = Golden.folder("ir").resolve("line.nn");
    Golden.check(
        Golden.beside(model, ".map.json"), LineMapJson.text(LineMapper.of(Texts.network(model))));
  }
}
