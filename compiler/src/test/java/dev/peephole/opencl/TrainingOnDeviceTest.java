package dev.peephole.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Linker;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.train.Training;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same training on the CPU and on a device, whose driver optimises as it does for users. */
class TrainingOnDeviceTest {
  private static final Pattern LOSS = Pattern.compile("\"loss\":([^,]*)");

  @TempDir private Path folder;

  @BeforeEach
  void needsADevice() {
    OnDevice.device().optimize(true);
  }

  private static Result train(Path model, Path out, String device, int epochs) {
    Compilation compiled =
        Frontend.compile(
            model, DataAccess.required(new DataFolder(model.getParent(), Optional.empty())));
    RunOptions options =
        new RunOptions(
            OptionalInt.empty(),
            OptionalInt.of(epochs),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of(out),
            Optional.empty(),
            false,
            true,
            false,
            OptionalInt.empty(),
            device);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return Training.run(
        Linker.program(compiled, compiled.networks().get(0), Style.FAST, device),
        options,
        new Console(nowhere, nowhere, false));
  }

  private static List<Double> losses(Path run) throws IOException {
    return Files.readAllLines(run.resolve("log.jsonl")).stream()
        .map(LOSS::matcher)
        .filter(Matcher::find)
        .map(found -> Double.valueOf(found.group(1)))
        .toList();
  }

  private void compare(String sample, int epochs) throws IOException {
    Path model = Path.of("..", "samples", sample);
    train(model, folder.resolve("cpu"), "cpu", epochs);
    train(model, folder.resolve("device"), "opencl", epochs);
    List<Double> expected = losses(folder.resolve("cpu"));
    List<Double> found = losses(folder.resolve("device"));
    assertThat(found).hasSameSizeAs(expected).hasSizeGreaterThan(epochs);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i))
          .as("%s, epoch %s", sample, i + 1)
          .isCloseTo(expected.get(i), within(1e-3 * expected.get(i)));
    }
  }

  @Test
  void xorHasTheSameLosses() throws IOException {
    compare("xor/xor.nn", 100);
  }

  @Test
  void feverHasTheSameLosses() throws IOException {
    compare("fever/fever.nn", 20);
  }

  @Test
  void isDeterministic() throws IOException {
    Path model = Path.of("..", "samples", "xor", "xor.nn");
    train(model, folder.resolve("one"), "opencl", 30);
    train(model, folder.resolve("two"), "opencl", 30);
    assertThat(folder.resolve("two").resolve("weights.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("one").resolve("weights.safetensors"));
  }

  @Test
  void theKernelsAreLeftBehind() throws IOException {
    Path model = Path.of("..", "samples", "xor", "xor.nn");
    train(model, folder.resolve("run"), "opencl", 1);
    assertThat(folder.resolve("run").resolve("opencl").resolve("Xor.cl"))
        .content()
        .contains("// h = tanh(xW1 + b1)", "void forward_h(")
        .doesNotContain("void multiply(");
  }
}
