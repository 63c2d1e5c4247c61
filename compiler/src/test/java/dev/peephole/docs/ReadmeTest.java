package dev.peephole.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.check.data.DataAccess;
import dev.peephole.cli.Nnc;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.JavaSources;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.train.progress.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The first page tells the truth. */
class ReadmeTest {
  private static final Page README = Page.of("README.md");
  private static final Path FEVER = Page.ROOT.resolve("samples/fever/fever.nn");
  private static final Pattern LEFT_OUT = Pattern.compile("(?m)^ *…\\n");

  @Test
  void theModelIsTheSample() throws IOException {
    assertThat(README.blocks("nn")).hasSize(1);
    assertThat(README.blocks("nn").get(0).code()).isEqualTo(Files.readString(FEVER));
  }

  @Test
  void theJavaIsWhatTheCompilerMakesOfIt() {
    Compilation compiled = Frontend.compile(FEVER, DataAccess.none());
    String java =
        JavaSources.of(compiled.networks().get(0), Style.TEXTBOOK).files().get("Fever.java");
    assertThat(README.blocks("java")).hasSize(1);
    assertThat(LEFT_OUT.split(README.blocks("java").get(0).code()))
        .hasSizeGreaterThan(1)
        .allSatisfy(piece -> assertThat(java).contains(piece));
  }

  @Test
  void theCommandsAreThoseThatThereAre() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    assertThat(Nnc.run(new Console(out, nowhere, false), "--help")).isZero();
    String help = bytes.toString(StandardCharsets.UTF_8);
    List<String> there = names("(?m)^  ([a-z]+)  +[A-Z]", help);
    assertThat(there).hasSizeGreaterThan(5).contains("help");
    assertThat(names("(?m)^nnc ([a-z]+)", README.text()))
        .containsExactlyElementsOf(there.stream().filter(name -> !name.equals("help")).toList());
  }

  private static List<String> names(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }
}
