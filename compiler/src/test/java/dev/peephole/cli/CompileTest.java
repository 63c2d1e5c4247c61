package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code nnc compile}, and the jar that it writes. */
class CompileTest extends CommandTest {

  @Test
  void listsWhatItWrites() throws IOException {
    Path out = folder.resolve("a/b");
    Outcome compiled = nnc("compile", XOR, "-o", out);
    assertThat(compiled.status()).isZero();
    assertThat(compiled.err()).isEmpty();
    assertThat(compiled.lines())
        .containsExactly(
            out.resolve("Xor.java").toString(),
            out.resolve("XorTextbook.java").toString(),
            out.resolve("XorTraining.java").toString(),
            out.resolve("Xor.jar").toString());
    assertThat(TrainTest.filesIn(out))
        .containsExactly("Xor.jar", "Xor.java", "XorTextbook.java", "XorTraining.java");
  }

  @Test
  void theJarTrainsToTheSameBits() throws Exception {
    Path run = folder.resolve("run");
    nnc("train", XOR, "-o", run, "--quiet");
    nnc("compile", XOR, "-o", folder.resolve("out"));
    Path own = folder.resolve("own");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process trainer =
        new ProcessBuilder(java, "-jar", "out/Xor.jar", "-o", own.toString(), "--quiet", "--json")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String events = new String(trainer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(trainer.waitFor()).isZero();
    assertThat(events.lines()).last().asString().contains("\"event\":\"result\"");
    assertThat(TrainTest.weights(own)).isEqualTo(TrainTest.weights(run));
    assertThat(TrainTest.filesIn(own)).isEqualTo(TrainTest.filesIn(run));
  }

  /** A trainer that takes itself for the second JVM asks for no other, and has plain loops. */
  @Test
  void withoutTheVectorApiTheJarTrainsToTheSameBits() throws Exception {
    Path model =
        write(
            "wide.nn",
            """
            network Wide {
              input  x: [6, 2]
              target y: [1]
              output p = rnn(x, 40) |> last |> dense(1)
              loss mse(p, y)
            }

            train Wide {
              data      adding(examples: 60, length: 6) { x = x   y = y }
              split     80 / 10 / 10
              batch     16
              epochs    2
              optimizer adam(rate: 0.005)
            }
            """);
    Path run = folder.resolve("run");
    assertThat(nnc("train", model, "-o", run, "--quiet").err()).isEmpty();
    nnc("compile", model, "-o", folder.resolve("out"));
    assertThat(folder.resolve("out/Wide.java")).content().contains("VECTORS ? Vectors.");
    Path own = folder.resolve("own");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String second = "-Dpeephole.parent=" + ProcessHandle.current().pid();
    Process trainer =
        new ProcessBuilder(java, second, "-jar", "out/Wide.jar", "-o", own.toString(), "--quiet")
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertThat(trainer.waitFor()).isZero();
    assertThat(TrainTest.weights(own)).isEqualTo(TrainTest.weights(run));
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    Path a = folder.resolve("a");
    Path b = folder.resolve("b");
    nnc("compile", XOR, "-o", a);
    nnc("compile", XOR, "-o", b);
    for (String file : TrainTest.filesIn(a)) {
      assertThat(b.resolve(file)).hasSameBinaryContentAs(a.resolve(file));
    }
  }

  @Test
  void aNetworkWithoutAPlanBecomesSourcesAlone() throws IOException {
    Path model =
        write(
            "bare.nn",
            "network A {\n"
                + " input x: [2]\n"
                + " target y: [1]\n"
                + " output p = dense(x, 1)\n"
                + " loss mse(p, y)\n"
                + "}\n");
    Outcome compiled = nnc("compile", model, "-o", folder.resolve("out"));
    assertThat(compiled.status()).isZero();
    assertThat(compiled.err()).isEqualTo("note: no jar, because no plan says how to train A\n");
    assertThat(TrainTest.filesIn(folder.resolve("out")))
        .isEqualTo(List.of("A.java", "ATextbook.java"));
  }

  @Test
  void aFolderThatCannotBeWrittenIsTold() throws IOException {
    Path file = write("file", "");
    assertThat(nnc("compile", XOR, "-o", file))
        .isEqualTo(new Outcome(1, "", "error: %s: is a file, not a folder\n".formatted(file)));
    Outcome below = nnc("compile", XOR, "-o", file.resolve("x"));
    assertThat(below.status()).isEqualTo(1);
    assertThat(below.err()).startsWith("error: " + file.resolve("x") + ": cannot be written");
  }

  @Test
  void aModelWithErrorsLeavesNothing() throws IOException {
    Path model = write("wrong.nn", "network A {\n  loss z\n}\n");
    Outcome compiled = nnc("compile", model, "-o", folder.resolve("out"));
    assertThat(compiled.status()).isEqualTo(1);
    assertThat(compiled.out()).isEmpty();
    assertThat(compiled.err()).contains("error[").containsPattern("\n[0-9]+ errors?\n$");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(Files.list(folder)).containsExactly(model);
  }
}
