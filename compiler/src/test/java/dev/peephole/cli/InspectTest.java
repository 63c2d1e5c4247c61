package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.check.scope.Library;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nnc gradcheck}, {@code dump} and {@code std}: what lets a reader look inside. */
class InspectTest extends CommandTest {
  private static final Pattern DECLARED =
      Pattern.compile("(?m)^(?:function|layer|cell|initializer|optimizer) (\\w+)");

  @ParameterizedTest
  @ValueSource(strings = {"fast", "textbook"})
  void gradientsAgree(String style) {
    Outcome checked = nnc("gradcheck", XOR, "--style", style);
    assertThat(checked.status()).isZero();
    assertThat(checked.err()).isEmpty();
    assertThat(checked.lines()).hasSize(5);
    assertThat(checked.lines().get(0)).matches("  dense1\\.W  [0-9.]+e-[0-9]+  ok");
    assertThat(checked.lines().get(4))
        .isEqualTo("Xor: the gradients agree with central differences");
  }

  @Test
  void gradientsAsEvents() {
    Outcome checked = nnc("gradcheck", XOR, "--json", "--seed", 4);
    assertThat(checked.lines()).hasSize(5).allMatch(CheckTest::isObject);
    assertThat(checked.lines().get(0))
        .matches(
            "\\{\"event\":\"parameter\",\"name\":\"dense1\\.W\",\"max_relative_error\":[0-9.E-]+,"
                + "\"ok\":true}");
    assertThat(checked.lines().get(4)).isEqualTo("{\"event\":\"result\",\"ok\":true}");
    assertThat(nnc("gradcheck", XOR, "--json", "--seed", 4)).isEqualTo(checked);
    assertThat(nnc("gradcheck", XOR, "--json", "--seed", 5)).isNotEqualTo(checked);
  }

  @Test
  void aLossThatIsNeverFiniteHasNoGradient() throws IOException {
    Path model =
        write(
            "log.nn",
            """
            network A {
              input x: [2]
              target y: [1]
              output p = dense(x, 1)
              loss sum(log(0 - (p - y) ^ 2))
            }
            """);
    Outcome checked = nnc("gradcheck", model);
    assertThat(checked.status()).isEqualTo(1);
    assertThat(checked.err()).startsWith("error: the loss is NaN for random examples");
  }

  @Test
  void checksATruncatedGradientAsAWholeOneAndSaysSo() throws IOException {
    Path model =
        write(
            "waves.nn",
            """
            network Waves {
              input  x: [6, 2]
              target y: [1]
              output p = x |> gru(3) |> last |> dense(1)
              loss mse(p, y)
            }

            train Waves {
              data      csv("waves.csv") { x = columns 0 .. 2   y = column 2 }
              window    6 predict 1
              truncate  2
              optimizer sgd()
            }
            """);
    Outcome checked = nnc("gradcheck", model);
    assertThat(checked.out()).contains("Waves: the gradients agree with central differences");
    assertThat(checked.err())
        .isEqualTo("Waves is checked without `truncate`, which changes the gradients\n");
  }

  @Test
  void dumpsEachStage() {
    String list = nnc("dump", XOR, "--after", "nix").err();
    String names = list.substring(list.indexOf("the names are ") + 14, list.indexOf("\n"));
    int named = names.indexOf("name-gradients");
    Set<String> dumps = new HashSet<>();
    for (String stage : names.split(", ")) {
      Outcome dumped = nnc("dump", XOR, "--after", stage);
      assertThat(dumped.status()).isZero();
      assertThat(dumped.out()).contains("xor.nn:6");
      assertThat(dumped.out().contains("dW1")).isEqualTo(names.indexOf(stage) >= named);
      dumps.add(dumped.out());
    }
    assertThat(names).startsWith("check, ").endsWith(", share-buffers");
    assertThat(dumps).hasSizeGreaterThan(3);
  }

  @Test
  void anUnknownStageIsAnsweredWithTheOthers() {
    Outcome dumped = nnc("dump", XOR, "--after", "simplfy");
    assertThat(dumped.status()).isEqualTo(2);
    assertThat(dumped.err()).contains("there is no stage simplfy: did you mean simplify?");
  }

  @Test
  void theLibraryIsListedByFile() {
    Outcome list = nnc("std");
    assertThat(list.status()).isZero();
    assertThat(list.lines()).contains("std/layers.nn");
    assertThat(list.lines()).filteredOn(l -> l.startsWith("std/")).hasSameSizeAs(Library.FILES);
    for (String name : new Library().names()) {
      assertThat(list.out()).containsPattern("\n  " + name + " +\\S");
    }
  }

  @Test
  void declarationsArePrintedAsTheyAreWritten() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : new Library().names()) {
      Outcome declared = nnc("std", name);
      assertThat(declared.status()).isZero();
      assertThat(declared.out()).startsWith("///").containsPattern("(?m)^[a-z]+ +" + name);
      all.append(declared.out());
    }
    for (String file : Library.FILES) {
      try (var in = Library.class.getResourceAsStream("/std/" + file)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        // Those without documentation, which documented ones are written with, are not listed.
        DECLARED
            .matcher(text)
            .results()
            .forEach(each -> all.append(nnc("std", each.group(1)).out()));
        assertThat(text.lines().filter(line -> !line.matches("|//[^/].*|const .*")))
            .allMatch(all.toString()::contains);
      }
    }
  }

  @Test
  void anUnknownDeclarationIsAnsweredWithTheNearest() {
    assertThat(nnc("std", "dnse"))
        .isEqualTo(
            new Outcome(1, "", "error: the library has no dnse\n  hint: did you mean dense?\n"));
  }
}
