package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.opencl.OnDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said where OpenCL's own parts are missing: each in a JVM of its own. */
@Timeout(60)
class DriverProblemsTest extends CommandTest {

  @BeforeEach
  void needsWhatIsTakenAway() {
    OnDevice.require();
  }

  private Outcome training(Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Nnc.class.getName()));
    command.addAll(List.of("train", XOR.toString(), "--device", "opencl"));
    ProcessBuilder process =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    process.environment().putAll(environment);
    int status = process.start().waitFor();
    return new Outcome(
        status,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static void assertSays(Outcome outcome, String error) {
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines().filter(line -> !line.startsWith("WARNING")))
        .hasSize(2)
        .first()
        .asString()
        .isEqualTo(error);
  }

  @Test
  void aLibraryWithoutDrivers() throws Exception {
    Outcome outcome = training(Map.of("OCL_ICD_VENDORS", folder.resolve("none").toString()));
    assertSays(outcome, "error: there is OpenCL here, but no driver: CL_PLATFORM_NOT_FOUND_KHR");
  }

  @Test
  void nowhereToUnpackTo() throws Exception {
    String file = write("file", "").toString();
    assertSays(
        training(Map.of("XDG_CACHE_HOME", file)),
        "error: " + file + "/peephole: cannot be written to, and OpenCL needs a cache");
  }

  @Test
  void nowhereForTheDriverToKeepKernels() throws Exception {
    String file = write("file", "").toString();
    assertSays(
        training(Map.of("POCL_CACHE_DIR", file + "/kernels")),
        "error: " + file + "/kernels: cannot be written to, and OpenCL needs a cache");
  }
}
