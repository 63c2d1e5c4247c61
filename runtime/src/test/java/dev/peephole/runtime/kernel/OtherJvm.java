package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a JVM with options of its own, of the same version and with the same classes. */
final class OtherJvm {
  private OtherJvm() {}

  /** The lines that a program prints; it has to succeed. */
  static List<String> run(Class<?> program, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = output.lines().toList();
      assertThat(process.waitFor()).isZero();
      return lines;
    }
  }
}
