package dev.peephole.playground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.Linker;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.file.Safetensors;
import dev.peephole.runtime.train.Training;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run of the playground is a run of {@code nnc train}, taken step by step. */
class RunTest {
  private static final int EPOCHS = 2;

  /** Noise, an optimizer that counts steps, shuffled batches of two sizes; and a recurrence. */
  static List<String> models() {
    return List.of(
        Example.all()
            .get(2)
            .text()
            .replace(
                "|> dense(12, init: he_normal) |> relu\n  g",
                "|> dense(12) |> relu |> dropout(0.3)\n  g"),
        Example.all().get(4).text().replace("batch     1", "batch     8"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void hasTheBitsOfNncTrain(String text, @TempDir Path out) {
    Draft draft = new Draft(text, Map.of());
    try (Folder folder = draft.folder(Given.nothing())) {
      Compilation compilation = draft.compile(folder);
      assertThat(compilation.errors()).isEmpty();
      Network network = compilation.networks().get(0);
      Run run = new Run(compilation, network, folder.data(), OptionalLong.empty());
      int steps = EPOCHS * run.steps().perEpoch();
      for (int s = 0; s < steps; s++) {
        run.step();
      }
      assertThat(bits(run.model().parameters()))
          .isEqualTo(trained(compilation, network, out.resolve("run")));
    }
  }

  private static List<List<Double>> trained(Compilation compilation, Network network, Path out) {
    RunOptions defaults = RunOptions.defaults();
    RunOptions options =
        new RunOptions(
            OptionalInt.empty(),
            OptionalInt.of(EPOCHS),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of(out),
            Optional.empty(),
            false,
            true,
            false,
            OptionalInt.empty(),
            defaults.device());
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var program = Linker.program(compilation, network, Style.FAST);
    Training.run(program, options, new Console(nowhere, nowhere, false));
    var model = program.model().get();
    model.reserve(1);
    Safetensors.read(out.resolve("weights.safetensors")).copyTo("", model.parameters());
    return bits(model.parameters());
  }

  private static List<List<Double>> bits(List<Tensor> tensors) {
    return tensors.stream()
        .map(t -> IntStream.range(0, t.length()).mapToObj(t::get).toList())
        .toList();
  }
}
