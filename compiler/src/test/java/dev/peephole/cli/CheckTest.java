package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code nnc check}, and what is said of files that are no models at all. */
class CheckTest extends CommandTest {

  @Test
  void saysWhichFilesAreWell() {
    Path spiral = SAMPLES.resolve("spiral/spiral.nn");
    assertThat(nnc("check", XOR, spiral))
        .isEqualTo(new Outcome(0, XOR + ": ok\n" + spiral + ": ok\n", ""));
  }

  @Test
  void countsTheErrorsOfAllFiles() throws IOException {
    Path wrong =
        write(
            "wrong.nn",
            """
            network Wrong {
              input x: [2]
              target y: [1]
              h = dens(x, 8)
              output p = dense(x, unts: 3)
              loss mse(p, y)
            }
            """);
    Outcome checked = nnc("check", wrong, XOR);
    assertThat(checked.status()).isEqualTo(1);
    assertThat(checked.out()).isEqualTo(XOR + ": ok\n");
    assertThat(checked.err())
        .contains("error[name]", wrong + ":4:7", "did you mean dense?")
        .contains("error[option]", wrong + ":5:23", "did you mean units?")
        .endsWith("\n2 errors\n")
        .doesNotContain("\033");
    assertThat(nncOnTerminal("check", wrong).err()).contains("\033[1;31merror[name]");
  }

  @Test
  void oneErrorIsOneError() throws IOException {
    Path wrong = write("wrong.nn", "network Wrong {\n");
    assertThat(nnc("check", wrong).err()).endsWith("\n1 error\n");
  }

  @Test
  void anEmptyFileIsAnError() throws IOException {
    Path empty = write("empty.nn", "");
    Outcome checked = nnc("check", empty);
    assertThat(checked.status()).isEqualTo(1);
    assertThat(checked.err()).contains("this file declares nothing", empty + ":1:1");
  }

  @Test
  void aFileWithoutNetworksCannotBeTrained() throws IOException {
    Path layers = write("layers.nn", "function twice(x) = x + x\n");
    assertThat(nnc("check", layers)).isEqualTo(new Outcome(0, layers + ": ok\n", ""));
    assertThat(nnc("train", layers))
        .isEqualTo(
            new Outcome(
                1,
                "",
                """
                error: %s: there is no network in this file
                  hint: a network begins with a line such as: network Fever {
                """
                    .formatted(layers)));
  }

  @Test
  void whatIsNoTextIsNoModel() throws IOException {
    byte[] noise = new byte[5000];
    new Random(1).nextBytes(noise);
    Path junk = Files.write(folder.resolve("junk.nn"), noise);
    Outcome checked = nnc("check", junk);
    assertThat(checked.status()).isEqualTo(1);
    assertThat(checked.err()).contains("junk.nn", "this is not in UTF-8").endsWith("1 error\n");

    Path latin = Files.write(folder.resolve("latin.nn"), new byte[] {'/', '/', '\n', (byte) 0xE9});
    assertThat(nnc("check", latin).err())
        .startsWith("error: " + latin + ":2: this is not in UTF-8");
  }

  @Test
  void aByteOrderMarkDoesNoHarm() throws IOException {
    Path marked = write("marked.nn", "\uFEFF" + Files.readString(XOR));
    assertThat(nnc("check", marked).status()).isZero();
  }

  @Test
  void deepNestingIsAnErrorLikeAnyOther() throws IOException {
    String body = "network A {\n  input x: [2]\n  output p = %s\n  loss mse(p, p)\n}\n";
    Path brackets = write("brackets.nn", body.formatted("(".repeat(5000) + "x" + ")".repeat(5000)));
    Path calls = write("calls.nn", body.formatted("tanh(".repeat(5000) + "x" + ")".repeat(5000)));
    Path chain = write("chain.nn", body.formatted("x" + " + x".repeat(20_000)));
    for (Path deep : new Path[] {brackets, calls, chain}) {
      Outcome checked = nnc("check", deep);
      assertThat(checked.status()).isEqualTo(1);
      assertThat(checked.err()).contains("error[syntax]", deep + ":3:").endsWith("\n1 error\n");
    }
  }

  @Test
  void aLongNetworkIsNoError() throws IOException {
    String layers = "h = x" + " |> dense(2)".repeat(300);
    Path wide =
        write(
            "long.nn",
            "network A {\n input x: [2]\n target y: [2]\n %s\n output h\n loss mse(h, y)\n}\n"
                .formatted(layers));
    assertThat(nnc("check", wide)).isEqualTo(new Outcome(0, wide + ": ok\n", ""));
  }

  @Test
  void aFileThatIsNotThereIsAnsweredWithTheNearest() throws IOException {
    write("fever.nn", "");
    Path missing = folder.resolve("fevre.nn");
    assertThat(nnc("check", missing, folder))
        .isEqualTo(
            new Outcome(
                1,
                "",
                """
                error: %1$s/fevre.nn: there is no such file
                  hint: did you mean %1$s/fever.nn?
                error: %1$s: is a folder, not a model file
                  hint: did you mean %1$s/fever.nn?
                2 errors
                """
                    .formatted(folder)));
    Path below = folder.resolve("fever.nn/x.nn");
    assertThat(nnc("check", below).err()).startsWith("error: " + below + ": cannot be read");
  }

  @Test
  void dataIsComparedWhereItIsThere() throws IOException {
    Path model = points();
    assertThat(nnc("check", model).status()).isZero();

    Files.delete(folder.resolve("points.csv"));
    assertThat(nnc("check", model))
        .as("without data")
        .isEqualTo(new Outcome(0, model + ": ok\n", ""));

    write("other/points.csv", "a,B2,kind\n1,2,near\n");
    Outcome elsewhere = nnc("check", model, "--data", folder.resolve("other"));
    assertThat(elsewhere.status()).isEqualTo(1);
    assertThat(elsewhere.err()).contains("error[data]", "points.nn:10:", "\"b\"");
  }

  @Test
  void eventsAreAllThatGoesToStandardOutput() throws IOException {
    Path wrong = write("wrong.nn", "network Wrong {\n  input x: [2]\n  loss mse(x, z)\n}\n");
    Path missing = folder.resolve("missing.nn");
    Outcome checked = nnc("check", "--json", wrong, missing, XOR);
    assertThat(checked.status()).isEqualTo(1);
    assertThat(checked.lines()).hasSize(5).allMatch(CheckTest::isObject);
    assertThat(checked.lines().get(0))
        .contains("\"event\":\"error\",\"code\":\"name\"", "\"line\":3");
    assertThat(checked.lines().get(2))
        .contains("\"message\":\"there is no such file\"", "missing.nn");
    assertThat(checked.lines())
        .filteredOn(line -> line.startsWith("{\"event\":\"result\""))
        .extracting(line -> line.endsWith("\"ok\":true}"))
        .containsExactly(false, false, true);
    assertThat(checked.err()).contains("error[name]").endsWith("\n2 errors\n");
  }

  /** Whether a line holds one JSON object and nothing else. */
  static boolean isObject(String line) {
    try (JsonParser json = new JsonFactory().createParser(line)) {
      boolean object = json.nextToken().isStructStart();
      json.skipChildren();
      return object && json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
