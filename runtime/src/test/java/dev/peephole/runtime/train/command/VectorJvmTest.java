package dev.peephole.runtime.train.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VectorJvmTest {

  @Test
  void startsASecondJvmWithTheModule() throws Exception {
    assertRuns(List.of(), "true set [a, b c]\n");
  }

  @Test
  void staysWhereTheModuleIs() throws Exception {
    assertRuns(List.of("--add-modules", "jdk.incubator.vector"), "true set [a, b c]\n");
  }

  private static void assertRuns(List<String> options, String out)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-Dtest.option=set", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(VectorJvmMain.class.getName(), "a", "b c"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(printed).isEqualTo(out);
    assertThat(process.waitFor()).isEqualTo(7);
  }
}
