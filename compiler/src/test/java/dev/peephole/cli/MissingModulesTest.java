package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a Java that {@code jlink} has put together, what it lacks is said, and what to do. */
class MissingModulesTest extends CommandTest {

  @ParameterizedTest
  @CsvSource({
    "'java.base,jdk.compiler,java.management', the module jdk.zipfs",
    "'java.base,java.compiler,jdk.zipfs', the module jdk.compiler",
    "'java.base,jdk.zipfs', the class javax.lang.model.",
  })
  void areNamed(String modules, String lacking) throws Exception {
    Path err = folder.resolve("err.txt");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--limit-modules",
            modules,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Nnc.class.getName(),
            "train",
            XOR.toString());
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    String[] lines = Files.readString(err, StandardCharsets.UTF_8).split("\n");
    assertThat(lines).hasSize(2);
    assertThat(lines[0])
        .startsWith("error: nnc needs a whole JDK, and this Java lacks " + lacking)
        .endsWith(": " + System.getProperty("java.home"));
    assertThat(lines[1])
        .isEqualTo("  hint: install a JDK 17 or newer and let JAVA_HOME point to it");
  }
}
