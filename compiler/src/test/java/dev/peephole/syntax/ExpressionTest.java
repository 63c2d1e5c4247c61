package dev.peephole.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.peephole.source.Span;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What binds tighter than what, and where things stand. */
class ExpressionTest {

  private static Expr parse(String expression) {
    SyntaxTree tree = Programs.tree("function f() = " + expression + "\n");
    Declaration.Callable function = (Declaration.Callable) tree.declarations().get(0);
    return ((Statement.Return) function.body().get(0)).value();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a + b * c               ~ (a + (b * c))",
        "a - b - c               ~ ((a - b) - c)",
        "a * b @ c / d           ~ (((a * b) @ c) / d)",
        "a + b @ c               ~ (a + (b @ c))",
        "-a + b                  ~ ((-a) + b)",
        "-a * b                  ~ ((-a) * b)",
        "-a ^ 2                  ~ (-(a ^ 2))",
        "a ^ b ^ c               ~ (a ^ (b ^ c))",
        "a ^ -b ^ c              ~ (a ^ (-(b ^ c)))",
        "--a                     ~ (-(-a))",
        "a - -b                  ~ (a - (-b))",
        "a < b + 1               ~ (a < (b + 1))",
        "a + b == c * d          ~ ((a + b) == (c * d))",
        "prev c ^ 2              ~ (prev c ^ 2)",
        "prev s @ U              ~ (prev s @ U)",
        "x[2] ^ 2                ~ (x[2] ^ 2)",
        "x[1..3][.., 0]          ~ x[1..3][.., 0]",
        "x[..3, 2.., ..]         ~ x[..3, 2.., ..]",
        "x[n - 1 .. n + 1]       ~ x[(n - 1)..(n + 1)]",
        "f(x)[0]                 ~ f(x)[0]",
        "f (x, units: 8)         ~ f(x, units: 8)",
        "x |> f                  ~ (x |> f())",
        "x |> f(1) |> g(a: 2)    ~ ((x |> f(1)) |> g(a: 2))",
        "a + b |> f              ~ ((a + b) |> f())",
        "a < b |> f              ~ ((a < b) |> f())",
        "f(x |> g, 2)            ~ f((x |> g()), 2)",
        "if a then b else c + d  ~ (if a then b else (c + d))",
        "if a then b else c |> f ~ ((if a then b else c) |> f())",
        "if a < b then c |> f else if d then e else g ~"
            + " (if (a < b) then (c |> f()) else (if d then e else g))",
        "a + (if b then c else d) ~ (a + (if b then c else d))",
        "[28, n + 1, 1]          ~ [28, (n + 1), 1]",
        "[]                      ~ []",
        "true != false           ~ (true != false)",
        "a or b and not c < d    ~ (a or (b and (not (c < d))))",
        "not a and b or c        ~ (((not a) and b) or c)",
        "not not a == b          ~ (not (not (a == b)))",
        "a and b and c           ~ ((a and b) and c)",
        "0 <= a + 1 < b          ~ (0 <= (a + 1) < b)",
        "a < b == c != d         ~ (a < b == c != d)",
        "(a < b) == c            ~ ((a < b) == c)",
        "a and b |> f            ~ ((a and b) |> f())",
        "if a or b then c else d ~ (if (a or b) then c else d)",
      })
  void bindsAsTheReferenceSays(String source, String printed) {
    assertThat(Printed.expr(parse(source))).isEqualTo(printed);
    assertThat(Printed.expr(parse(printed))).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a + if b then c else d", "a + not b", "a < not b", "f(1)(2)", "- ^ a"})
  void refusesWhatCouldBeReadTwoWays(String source) {
    assertThat(Programs.parse("function f() = " + source).errors()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, true", "0.5, 0.5, false", "1e-8, 1e-8, false", "2.5E+3, 2500, false"})
  void readsNumbers(String source, double value, boolean integer) {
    Expr.Num number = (Expr.Num) parse(source);
    assertThat(number.value()).isEqualTo(value);
    assertThat(number.integer()).isEqualTo(integer);
  }

  @Test
  void doesNotTakeTheDotsOfARangeForAPoint() {
    Expr.Index index = (Expr.Index) parse("x[1..3]");
    Expr.Selector.Range range = (Expr.Selector.Range) index.selectors().get(0);
    assertThat(Printed.expr(range.from().orElseThrow())).isEqualTo("1");
    assertThat(Printed.expr(range.to().orElseThrow())).isEqualTo("3");
  }

  @Test
  void takesEveryOtherPlaceAndLetsAStepBeAName() {
    assertThat(Printed.expr(parse("x[.. step 2, 1 .. step 3]")))
        .isEqualTo("x[.. step 2, 1.. step 3]");
    assertThat(Printed.expr(parse("x[.. step, step .. step step step]")))
        .isEqualTo("x[..step, step..step step step]");
  }

  @Test
  void readsWhichPartOfAValueIsMeant() {
    Expr.Member member = (Expr.Member) parse("lstm(x, 4).c");
    assertThat(member.name().name()).isEqualTo("c");
    assertThat(member.span().text()).isEqualTo("lstm(x, 4).c");
    assertThat(Printed.expr(parse("h.c[0].step ^ 2"))).isEqualTo("(h.c[0].step ^ 2)");
  }

  @Test
  void readsTextsWithQuotesAndBackslashes() {
    assertThat(((Expr.Text) parse("\"a \\\"b\\\" \\\\ c // d\"")).value())
        .isEqualTo("a \"b\" \\ c // d");
  }

  @Test
  void knowsWhereEachPartStands() {
    Expr.Binary sum = (Expr.Binary) parse("(a + b) * c[0] + prev s");
    Expr.Binary product = (Expr.Binary) sum.left();
    assertThat(sum.span().text()).isEqualTo("(a + b) * c[0] + prev s");
    assertThat(sum.operator().span().text()).isEqualTo("+");
    assertThat(product.span().text()).isEqualTo("(a + b) * c[0]");
    assertThat(product.right().span().text()).isEqualTo("c[0]");
    assertThat(sum.right().span().text()).isEqualTo("prev s");
  }

  @Test
  void keepsTheSpanOfEachStageOfAPipeline() {
    Expr.Call outer = (Expr.Call) parse("x |> f(1) |> g");
    Expr.Call inner = (Expr.Call) outer.arguments().get(0).value();
    assertThat(List.of(outer, inner))
        .extracting(
            call -> call.span().text(), call -> call.callee().span().text(), Expr.Call::piped)
        .containsExactly(tuple("x |> f(1) |> g", "g", true), tuple("x |> f(1)", "f", true));
  }

  @Test
  void treatsGreekLettersAsLetters() {
    Expr.Name name = (Expr.Name) parse("δσ_1");
    assertThat(name.name()).isEqualTo("δσ_1");
    assertThat(name.span()).extracting(Span::start, Span::end).containsExactly(15, 19);
  }
}
