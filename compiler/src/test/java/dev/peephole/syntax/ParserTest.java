package dev.peephole.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Declarations, statements and clauses. */
class ParserTest {

  static List<Path> programs() {
    return Programs.files();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void understandsWholePrograms(Path program) {
    SyntaxTree tree = Programs.tree(Programs.text(program));
    Path expected = Golden.folder("tree").resolve(program.getFileName());
    Golden.check(expected, Printed.of(tree));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void readsItsOwnPrintingAgain(Path program) {
    String printed = Printed.of(Programs.tree(Programs.text(program)));
    assertThat(Printed.of(Programs.tree(printed))).isEqualTo(printed);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void readsLineEndsOfAllKindsAndTabs(Path program) {
    String text = Programs.text(program);
    String printed = Printed.of(Programs.tree(text));
    assertThat(Printed.of(Programs.tree("\uFEFF" + text.replace("\n", "\r\n")))).isEqualTo(printed);
    assertThat(Printed.of(Programs.tree(text.replace("\n", "\r")))).isEqualTo(printed);
    assertThat(Printed.of(Programs.tree(text.replace("  ", "\t")))).isEqualTo(printed);
    assertThat(Printed.of(Programs.tree(text.stripTrailing()))).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "after",
        "batch",
        "bool",
        "class",
        "clip",
        "column",
        "columns",
        "data",
        "epoch",
        "epochs",
        "improvement",
        "in",
        "int",
        "ints",
        "layers",
        "metrics",
        "norm",
        "off",
        "on",
        "order",
        "real",
        "regularize",
        "rescale",
        "seed",
        "shuffle",
        "split",
        "standardize",
        "stateful",
        "stop",
        "test",
        "text",
        "to",
        "value",
        "values",
        "without",
        "step",
        "window"
      })
  void letsWordsOfOnePlaceBeNamesInAllOthers(String word) {
    String program =
        """
        const W = 3
        layer W(W: [n], W: int = W) {
          param W: [n] = W
          W = W + W(W, W: W)[W] |> W
          return W
        }
        network W {
          input W: [W]
          target W: class(W)
          output W = W
        }
        train W {
          data W(W) { W = W   W = column W   W = columns W, W }
          standardize W, W
          metrics W
        }
        """
            .replace("W", word);
    assertThat(Programs.parse(program).errors()).isEmpty();
  }

  @Test
  void endsAStatementWithItsLineAndGoesOnWhereItCannotEnd() {
    String program =
        """
        function f(x,
                   y = 1)
        {
          a =
            x +
            y

          b = (x
            - y)
          c = x

            // a note
            |> g(1,
                 2)

            |> h
          d = if x
            then a
            else
              b
          e = x
          return -e
        }
        """;
    Declaration.Callable f = (Declaration.Callable) Programs.tree(program).declarations().get(0);
    assertThat(f.body().stream().map(Printed::statement).map(String::strip))
        .containsExactly(
            "a = (x + y)",
            "b = (x - y)",
            "c = ((x |> g(1, 2)) |> h())",
            "d = (if x then a else b)",
            "e = x",
            "return (-e)");
  }

  @Test
  void attachesDocumentationToWhatFollowsIt() {
    String program =
        """
        /// One.
        ///
        ///   Two, indented.
        //// A rule is not documentation.
        layer f(x: [n]) { /// Behind code it is a note.
          /// W does it.

          param W: [n]   /// Nor is this about b.
          // A note in between.
          param b: [n]
          return x
        }
        """;
    Declaration.Callable f = (Declaration.Callable) Programs.tree(program).declarations().get(0);
    assertThat(f.doc()).containsExactly("One.", "", "  Two, indented.");
    assertThat(((Statement.Param) f.body().get(0)).doc()).containsExactly("W does it.");
    assertThat(((Statement.Param) f.body().get(1)).doc()).isEmpty();
  }

  @Test
  void readsBindingsSideBySideAndBelowEachOther() {
    String program =
        """
        train Net {
          data csv("a.csv") { x = columns "a", "b"   y = column 3  z = values / 255 w = labels }
          test csv("b.csv")
          {
            x = columns 0 .. n / 255 - 1

            y = column
            data = columns
          }
          data spiral
        }
        """;
    Declaration.Train train = (Declaration.Train) Programs.tree(program).declarations().get(0);
    assertThat(train.clauses().stream().map(Printed::clause))
        .containsExactly(
            "data csv(\"a.csv\") "
                + "{ x = columns \"a\", \"b\"   y = columns 3   z = (values / 255)   w = labels }",
            "test csv(\"b.csv\") { x = columns 0 .. n / 255 - 1   y = column   data = columns }",
            "data spiral()");
  }

  @Test
  void readsWindowsWhoseWordsAreNamesToo() {
    String program =
        """
        train Net {
          data csv("a.csv") { x = window   window = step   shifted = y   y = x shifted n + 1 }
          window n step 2 predict 1
          window window predict step
          data text("a") { window = window window step step   step = window shifted shifted }
        }
        """;
    Declaration.Train train = (Declaration.Train) Programs.tree(program).declarations().get(0);
    assertThat(train.clauses().stream().map(Printed::clause))
        .containsExactly(
            "data csv(\"a.csv\") "
                + "{ x = window   window = step   shifted = y   y = x shifted (n + 1) }",
            "window n step 2 predict 1",
            "window window predict step",
            "data text(\"a\") "
                + "{ window = window window step step   step = window shifted shifted }");
  }

  @Test
  void spansReachFromTheFirstToTheLastCharacter() {
    String program = Programs.text(Path.of("src/test/resources/programs/fever.nn"));
    SyntaxTree tree = Programs.tree(program);
    assertThat(tree.declarations())
        .allSatisfy(
            part -> {
              assertThat(part.span().text())
                  .startsWith(part instanceof Declaration.Train ? "train" : "network");
              assertThat(part.span().text()).endsWith("}");
            });
    Declaration.Network network = (Declaration.Network) tree.declarations().get(0);
    assertThat(network.body().stream().map(statement -> statement.span().text()))
        .containsExactly(
            "input  x: [2]",
            "target y: [1]",
            "h = tanh(dense(x, 8))",
            "output p = dense(h, 1)",
            "loss mse(p, y)");
  }

  @Test
  void keepsTheStatementsAroundAWrongOne() {
    String program =
        """
        network A {
          input x: [2]
          h = tanh(x
          k = tanh(x y)
          output h
        }
        layer wrong(x: [) = x
        layer right(x) = x
        """;
    Programs.Parsed parsed = Programs.parse(program);
    assertThat(parsed.errors()).extracting(error -> error.span().line()).containsExactly(3, 4, 7);
    String printed =
        parsed.tree().declarations().stream()
            .map(Printed::declaration)
            .collect(Collectors.joining());
    assertThat(printed)
        .contains("input x: [2]", "h = tanh(x)", "output h", "layer right(x)")
        .doesNotContain("k =");
  }

  @Test
  void anEmptyFileHoldsNothing() {
    assertThat(Programs.tree("").declarations()).isEmpty();
    assertThat(Programs.tree(" \n\n// nothing\n/// at all").declarations()).isEmpty();
    assertThat(Programs.tree("network A { }\n").declarations()).hasSize(1);
  }
}
