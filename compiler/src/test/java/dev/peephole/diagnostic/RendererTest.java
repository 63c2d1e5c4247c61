package dev.peephole.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.source.SourceFile;
import dev.peephole.source.Span;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final SourceFile FILE =
      new SourceFile(
          "models/net.nn",
          """
          layer f(x: [n]) {
            param W: [64, 10]
            param V: [10]

            z = x @ W + b
            return z
          }
          """);

  /** Where {@code text} stands for the {@code nth} time, counted from 1. */
  private static Span at(SourceFile file, String text, int nth) {
    int start = -1;
    for (int i = 0; i < nth; i++) {
      start = file.text().indexOf(text, start + 1);
    }
    assertThat(start).isNotNegative();
    return new Span(file, start, start + text.length());
  }

  private static Span at(String text) {
    return at(FILE, text, 1);
  }

  private static String render(Diagnostic error) {
    return new Renderer(false).render(error);
  }

  @Test
  void stacksThePlacesOfOneLine() {
    Diagnostic error =
        Diagnostic.error(Code.SHAPE, at("@"), "these shapes cannot be multiplied")
            .and(at(FILE, "x", 2), "x is [784]")
            .and(at(FILE, "W", 2), "W is [64, 10]")
            .note("the inner axes must agree, and 784 is not 64")
            .hint("did you mean [784, 10]?");
    assertThat(render(error))
        .isEqualTo(
            """
            error[shape]: these shapes cannot be multiplied
               ┌─ models/net.nn:5:9
             5 │   z = x @ W + b
               │       - ^ - W is [64, 10]
               │       x is [784]
               = the inner axes must agree, and 784 is not 64
               = hint: did you mean [784, 10]?
            """);
  }

  @Test
  void drawsLinesDownToWordsStillToCome() {
    Diagnostic error =
        Diagnostic.error(Code.SHAPE, at("+"), "message")
            .labelled("the sum")
            .and(at(FILE, "z", 1), "result")
            .and(at(FILE, "W", 2), "right factor")
            .and(at(FILE, "b", 1), "bias");
    assertThat(render(error))
        .isEqualTo(
            """
            error[shape]: message
               ┌─ models/net.nn:5:13
             5 │   z = x @ W + b
               │   -       - ^ - bias
               │   │       │ the sum
               │   │       right factor
               │   result
            """);
  }

  @Test
  void showsLinesInOrderAndLeavesOutWhatIsFar() {
    Diagnostic error =
        Diagnostic.error(Code.NAME, at(FILE, "b", 1), "`b` is not declared")
            .labelled("here")
            .and(at("W"), "W is")
            .and(at("param V: [10]"), "V is");
    assertThat(render(error))
        .isEqualTo(
            """
            error[name]: `b` is not declared
               ┌─ models/net.nn:5:15
             2 │   param W: [64, 10]
               │         - W is
             3 │   param V: [10]
               │   ------------- V is
             4 │
             5 │   z = x @ W + b
               │               ^ here
            """);
    Diagnostic far = Diagnostic.error(Code.NAME, at("return"), "m").and(at("layer"), "in this");
    assertThat(render(far))
        .isEqualTo(
            """
            error[name]: m
               ┌─ models/net.nn:6:3
             1 │ layer f(x: [n]) {
               │ ----- in this
             … │
             6 │   return z
               │   ^^^^^^
            """);
  }

  @Test
  void showsPlacesInOtherFilesBelow() {
    SourceFile other =
        new SourceFile("std/dense.nn", "\n".repeat(99) + "layer dense(x: [n]) = x\n");
    Diagnostic error =
        Diagnostic.error(Code.OPTION, at("W"), "m").and(at(other, "dense", 1), "declared here");
    assertThat(render(error))
        .isEqualTo(
            """
            error[option]: m
                 ┌─ models/net.nn:2:9
               2 │   param W: [64, 10]
                 │         ^
                 ┌─ std/dense.nn:100:7
             100 │ layer dense(x: [n]) = x
                 │       ----- declared here
            """);
  }

  @Test
  void marksTheFirstLineOfALongPlace() {
    Span whole = new Span(FILE, 0, FILE.text().length());
    assertThat(render(Diagnostic.error(Code.LOSS, whole, "m").labelled("all of it")))
        .isEqualTo(
            """
            error[loss]: m
               ┌─ models/net.nn:1:1
             1 │ layer f(x: [n]) {
               │ ^^^^^^^^^^^^^^^^^ all of it
            """);
  }

  @Test
  void pointsBehindTheLastCharacterOfALineOrFile() {
    SourceFile file = new SourceFile("a.nn", "const n =");
    assertThat(render(Diagnostic.error(Code.SYNTAX, new Span(file, 9, 9), "m")))
        .isEqualTo(
            """
            error[syntax]: m
               ┌─ a.nn:1:10
             1 │ const n =
               │          ^
            """);
    SourceFile empty = new SourceFile("b.nn", "");
    assertThat(render(Diagnostic.error(Code.SYNTAX, new Span(empty, 0, 0), "m")))
        .isEqualTo(
            """
            error[syntax]: m
               ┌─ b.nn:1:1
             1 │
               │ ^
            """);
  }

  @Test
  void alignsTabsWideAndCombiningCharacters() {
    SourceFile file = new SourceFile("a.nn", "\ta\t= \"温度\" + e\u0301 + x // \u202E\u0007\n");
    assertThat(render(Diagnostic.error(Code.SYNTAX, at(file, "x", 1), "m")))
        .isEqualTo(
            """
            error[syntax]: m
               ┌─ a.nn:1:18
             1 │     a   = "温度" + e\u0301 + x // \uFFFD\uFFFD
               │                        ^
            """);
  }

  @Test
  void cutsLongLinesAroundThePlaces() {
    String text = "a".repeat(300) + " + b + " + "c".repeat(300);
    SourceFile file = new SourceFile("a.nn", text);
    Diagnostic error = Diagnostic.error(Code.NAME, at(file, "b", 1), "m").labelled("this");
    assertThat(render(error))
        .isEqualTo(
            """
            error[name]: m
               ┌─ a.nn:1:304
             1 │ …AAA + b + CCC…
               │ ^ this
            """
                .replace("AAA", "a".repeat(45))
                .replace("CCC", "c".repeat(46))
                .replace("^", " ".repeat(49) + "^"));
    Diagnostic wide = Diagnostic.error(Code.NAME, new Span(file, 0, text.length()), "m");
    assertThat(render(wide).lines()).allMatch(line -> line.length() < 110);
    assertThat(render(error.and(at(file, "a", 1), "far")).lines().skip(2).toList())
        .as("a place outside is marked where the line is cut")
        .containsExactly(
            " 1 │ …" + "a".repeat(45) + " + b + " + "c".repeat(46) + "…",
            "   │ -" + " ".repeat(48) + "^ this",
            "   │ far");
  }

  @Test
  void indentsNotesOfSeveralLines() {
    Diagnostic error = Diagnostic.error(Code.DATA, at("W"), "m").note("one\ntwo");
    assertThat(render(error)).endsWith("   = one\n     two\n");
  }

  @Test
  void coloursOnlyWhenAsked() {
    Diagnostic error = Diagnostic.error(Code.NAME, at("W"), "m").labelled("here").hint("do");
    String coloured = new Renderer(true).render(error);
    assertThat(coloured)
        .contains(
            "\u001b[1;31merror[name]\u001b[0m",
            "\u001b[1;31m^\u001b[0m",
            "\u001b[1;31mhere\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(render(error));
  }

  @Test
  void writesJson() {
    Diagnostic error =
        Diagnostic.error(Code.NAME, at("W"), "no \"W\"").and(at("V"), "near").note("n").hint("h");
    assertThat(DiagnosticJson.of(error))
        .isEqualTo(
            "{\"event\":\"error\",\"code\":\"name\",\"message\":\"no \\\"W\\\"\","
                + "\"file\":\"models/net.nn\",\"line\":2,\"column\":9,\"end_line\":2,"
                + "\"end_column\":10,\"label\":\"\",\"places\":[{\"file\":\"models/net.nn\","
                + "\"line\":3,\"column\":9,\"end_line\":3,\"end_column\":10,\"label\":\"near\"}],"
                + "\"notes\":[\"n\"],\"hints\":[\"h\"]}");
  }
}
