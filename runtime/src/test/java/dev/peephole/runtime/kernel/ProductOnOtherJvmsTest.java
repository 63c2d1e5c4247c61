package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts JVMs that have no Vector API, or vectors of another width, and compares results. */
class ProductOnOtherJvmsTest {
  private static final String DIGEST = ProductDigest.of(new MatrixProduct(new ScalarProduct()));

  @Test
  void withoutTheVectorModule() throws Exception {
    assertThat(run()).containsExactly("scalar", DIGEST);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void withVectorsOfAtMost(int bytes) throws Exception {
    List<String> lines = run("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes);
    assertThat(lines).last().isEqualTo(DIGEST);
    assertThat(lines.get(0)).matches("scalar|vector, (4|8|16) lanes");
  }

  private static List<String> run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ProductDigest.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = output.lines().toList();
      assertThat(process.waitFor()).isZero();
      return lines;
    }
  }
}
