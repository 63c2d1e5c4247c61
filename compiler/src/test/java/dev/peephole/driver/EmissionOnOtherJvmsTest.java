package dev.peephole.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.kernel.Style;
import dev.peephole.proof.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is generated does not depend on the Java that {@code nnc} itself runs on. */
class EmissionOnOtherJvmsTest {
  private static final Path HOME = Path.of(System.getProperty("java.home")).toAbsolutePath();
  private static final List<String> HERE = EmissionDigest.lines();

  @TempDir Path folder;

  @Test
  void thisJvmHasTheVectorModuleAndVectorsAreEmitted() {
    assertThat(ModuleLayer.boot().findModule(VectorSignatures.PACKAGE)).isPresent();
    Network network = Texts.network(Path.of("..", "benchmarks", "models", "peephole-50.nn"));
    assertThat(JavaSources.of(network, Style.FAST).files().values())
        .anyMatch(text -> text.contains("VECTORS ? Vectors."));
  }

  @Test
  void onAJvmStartedWithoutTheVectorModule() throws Exception {
    assertThat(run(HOME)).isEqualTo(HERE);
  }

  /** A JDK that lacks the module altogether; its compiler makes the same classes, too. */
  @Test
  void onAJdkWithoutTheVectorModule() throws Exception {
    Path image = folder.resolve("jdk");
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    int status =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(
                out,
                out,
                "--add-modules",
                "java.base,java.compiler,jdk.compiler,jdk.zipfs,java.logging,java.xml,java.sql,jdk.unsupported",
                "--output",
                image.toString());
    assertThat(status).as(messages.toString()).isZero();
    assertThat(run(image)).isEqualTo(HERE);
  }

  /** Every other JDK that is installed beside this one. */
  @Test
  void onOtherVersions() throws Exception {
    List<String> sources = sources(HERE);
    for (Path other : others()) {
      assertThat(sources(run(other))).as(other.toString()).isEqualTo(sources);
    }
  }

  private static List<Path> others() throws IOException {
    Path real = HOME.toRealPath();
    try (Stream<Path> neighbours = Files.list(real.getParent())) {
      return neighbours
          .filter(jdk -> !Files.isSymbolicLink(jdk) && !jdk.equals(real))
          .filter(jdk -> Files.isExecutable(jdk.resolve("bin/javac")))
          .sorted()
          .toList();
    }
  }

  private static List<String> sources(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith(EmissionDigest.CLASSES)).toList();
  }

  /** Started as {@code nnc} starts what only reads and writes programs. */
  private static List<String> run(Path jdk) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve(Path.of("bin", "java")).toString());
    command.addAll(List.of("-Xss8m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EmissionDigest.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = output.lines().toList();
      assertThat(process.waitFor()).isZero();
      return lines;
    }
  }
}
