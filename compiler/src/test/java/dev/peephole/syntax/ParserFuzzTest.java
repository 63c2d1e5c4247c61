package dev.peephole.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.DiagnosticJson;
import dev.peephole.diagnostic.Renderer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, there is a tree or a message, and never an exception. */
class ParserFuzzTest {
  private static final int ROUNDS = 400;
  private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|\"[^\"\n]*\"|\\|>|\\.\\.|.");
  private static final List<String> WORDS =
      List.of(
          "network",
          "train",
          "layer",
          "function",
          "cell",
          "optimizer",
          "initializer",
          "const",
          "import",
          "input",
          "target",
          "output",
          "loss",
          "param",
          "state",
          "return",
          "if",
          "then",
          "else",
          "when",
          "prev",
          "true",
          "data",
          "test",
          "split",
          "batch",
          "epochs",
          "clip",
          "norm",
          "stop",
          "after",
          "column",
          "columns",
          "class",
          "x",
          "W",
          "δ",
          "1",
          "0.5",
          "1e-8",
          "\"a\"",
          "\"",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "+",
          "-",
          "*",
          "/",
          "@",
          "^",
          "<",
          "==",
          "=",
          ":",
          ",",
          "..",
          "|>",
          "\n",
          "\n",
          "\n",
          "// note\n",
          "/// doc\n",
          ".",
          "#",
          "é",
          "с",
          "\t",
          "\r");

  /** Parses, and holds what is found against what every result must satisfy. */
  private static void check(String text) {
    Programs.Parsed parsed = Programs.parse(text);
    for (Diagnostic error : parsed.errors()) {
      assertThat(error.message()).isNotBlank();
      assertThat(error.span().start()).isBetween(0, text.length());
      assertThat(error.span().end()).isBetween(error.span().start(), text.length());
      assertThat(new Renderer(false).render(error)).startsWith("error[syntax]: ");
      assertThat(new Renderer(true).render(error)).contains(error.message());
      assertThat(DiagnosticJson.of(error)).startsWith("{").endsWith("}");
    }
    if (parsed.errors().isEmpty()) {
      String printed = Printed.of(parsed.tree());
      assertThat(Printed.of(Programs.tree(printed))).isEqualTo(printed);
    }
  }

  @Test
  void survivesSoupsOfTokens() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 10 * ROUNDS; round++) {
      StringBuilder soup = new StringBuilder();
      for (int length = random.nextInt(60); length > 0; length--) {
        soup.append(WORDS.get(random.nextInt(WORDS.size())));
        soup.append(random.nextInt(4) == 0 ? "" : " ");
      }
      check(soup.toString());
    }
  }

  static List<String> programs() {
    return Programs.texts();
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("programs")
  void survivesChangedPrograms(String program) {
    SplittableRandom random = new SplittableRandom(2);
    List<String> tokens = TOKEN.matcher(program).results().map(match -> match.group()).toList();
    for (int round = 0; round < ROUNDS; round++) {
      List<String> changed = new ArrayList<>(tokens);
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(changed.size());
        switch (random.nextInt(4)) {
          case 0 -> changed.remove(at);
          case 1 -> changed.add(at, WORDS.get(random.nextInt(WORDS.size())));
          case 2 -> changed.set(at, WORDS.get(random.nextInt(WORDS.size())));
          default -> changed.add(at, changed.get(random.nextInt(changed.size())));
        }
      }
      check(String.join("", changed));
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("programs")
  void survivesProgramsCutShort(String program) {
    for (int end = 0; end < program.length(); end += 1 + program.length() / ROUNDS) {
      check(program.substring(0, end));
    }
  }

  @Test
  void survivesRandomBytesAndCharacters() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      check(new String(bytes, StandardCharsets.UTF_8));
      check(new String(bytes, StandardCharsets.ISO_8859_1));
      StringBuilder characters = new StringBuilder("network A {\n");
      for (int length = random.nextInt(100); length > 0; length--) {
        characters.append((char) (' ' + random.nextInt(0xFFFF - ' ')));
      }
      check(characters.toString());
    }
  }

  @Test
  void readsEveryExpressionThatItPrints() {
    RandomTree trees = new RandomTree(4);
    for (int round = 0; round < 5 * ROUNDS; round++) {
      String printed = "function f() {\n  return " + Printed.expr(trees.expr(4)) + "\n}\n";
      assertThat(Printed.of(Programs.tree(printed))).isEqualTo(printed);
    }
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "(",
        "[",
        "{",
        "x[0",
        "-",
        "prev ",
        "if ",
        "if a then ",
        "if a then b else ",
        "x + ",
        "x ^ ",
        "x |> f |> ",
        "f(",
        "[[",
        "x < ",
        "}",
        ")",
        "]",
        "\"",
        "\n",
        "x\n",
        "x = ",
        "é",
        "с",
        "§a",
        "// ",
        "/// a\n",
        "..",
        "1",
        "x,",
        "a:",
        "\u0000",
        "\uD800",
        "\uDC00",
        "\uFFFD",
        "😀",
        "network A {\n",
        "param W: [",
        "data csv(\"a\") {",
        "function f() = "
      })
  void survivesEndlessRepetitionWithoutDelay(String part) {
    String many = part.repeat(20_000 / part.length());
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          check(many);
          check("function f() = " + many);
          check("network A {\n  a = " + many + "\n  output x\n}\n");
          check("train A {\n  batch " + many + "\n}\n");
        });
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(strings = {"x", "\"é\"", "1", "x + 1", "f(x, [1, 2])", "// é"})
  void survivesLongLines(String part) {
    String line = part.startsWith("//") ? part.repeat(20_000) : part + " ".repeat(100_000) + "+ x";
    check("function f(x) = " + line + "\n");
    check("function f(x) = [" + (part + ", ").repeat(10_000) + part + "]\n");
  }

  @Test
  void expressionsAsDeepAsAllowedFitASmallStack() throws InterruptedException {
    String brackets = "(if (if x then -".repeat(60) + "x" + " else x) then x else x)".repeat(60);
    List<String> deep =
        List.of(
            "x + ".repeat(999) + "x",
            "-".repeat(999) + "x",
            "x ^ ".repeat(999) + "x",
            "if x then x else ".repeat(999) + "x",
            "if ".repeat(999) + "x",
            "(".repeat(199) + "x" + ")".repeat(199),
            brackets);
    List<Throwable> thrown = new ArrayList<>();
    Thread thread =
        new Thread(
            null,
            () -> deep.forEach(text -> Programs.parse("function f(x) = " + text)),
            "small stack",
            2 * 1024 * 1024);
    thread.setUncaughtExceptionHandler((t, error) -> thrown.add(error));
    thread.start();
    thread.join();
    assertThat(thrown).isEmpty();
  }
}
