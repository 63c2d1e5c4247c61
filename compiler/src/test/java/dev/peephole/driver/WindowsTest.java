package dev.peephole.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.Golden;
import dev.peephole.check.data.DataAccess;
import dev.peephole.diagnostic.Renderer;
import dev.peephole.kernel.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans whose examples are windows over a series or a text. */
class WindowsTest {
  @TempDir Path folder;

  static List<Path> programs() {
    return Golden.files("windows", ".nn");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void saysWhatIsWrong(Path program) {
    Renderer renderer = new Renderer(false);
    String messages =
        Frontend.compile(program, DataAccess.none()).errors().stream()
            .map(renderer::render)
            .collect(Collectors.joining("\n"));
    Golden.check(Golden.beside(program, ".expected"), messages);
  }

  @Test
  void aTargetTakesTheRowsBehindTheWindow() throws IOException {
    assertThat(
            plan("[6, 2]", "[3, 2]", "x = columns 0, 1   y = columns 0, 1", "6 step 2 predict 3"))
        .contains(
            ".windows(2)",
            "bind(\"x\", columns(0, 1).rows(0, 6))",
            "bind(\"y\", columns(0, 1).rows(6, 9))");
  }

  @Test
  void oneRowAheadOrOneColumnNeedsNoAxis() throws IOException {
    assertThat(plan("[6]", "[2]", "x = column 0   y = columns 0, 1", "6 predict 1"))
        .contains(".windows(1)", "columns(0).rows(0, 6)", "columns(0, 1).rows(6, 7)");
  }

  @Test
  void aShiftedTargetTakesTheSameRowsLater() throws IOException {
    assertThat(plan("[6, 1]", "[6, 1]", "x = x / 2   y = x shifted 3", "6 step 6"))
        .contains("field(\"x\").map(v -> v / 2).rows(3, 9)");
  }

  /** What the generated class says of data, without line breaks. */
  private String plan(String x, String y, String bindings, String window) throws IOException {
    String model =
        """
        network Net {
          input  x: %s
          target y: %s
          param  b: %s = 0
          output p = b + sum(x)
          loss mse(p, y)
        }

        train Net {
          data      csv("series.csv") { %s }
          window    %s
          optimizer adam()
        }
        """
            .formatted(x, y, y, bindings, window);
    Path file = Files.writeString(folder.resolve("net.nn"), model);
    Compilation compiled = Frontend.compile(file, DataAccess.none());
    assertThat(compiled.errors()).isEmpty();
    JavaSources sources = JavaSources.of(compiled.networks().get(0), Style.FAST);
    return sources
        .files()
        .get(sources.training().orElseThrow() + ".java")
        .replaceAll("\\s*\n\\s*", "");
  }
}
