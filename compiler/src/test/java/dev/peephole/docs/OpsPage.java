package dev.peephole.docs;

import dev.peephole.ir.Formula;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes {@code docs/ops.md} from the declarations of the ops. */
final class OpsPage {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final String NONE = "–";

  private final StringBuilder page = new StringBuilder();

  private OpsPage() {}

  static String text() {
    return new OpsPage().write();
  }

  private String write() {
    page.append(
        """
        # The primitive ops

        Generated from the declarations in `dev.peephole.op`; a test fails when it is out of date, and
        `./mvnw -pl compiler -am test -Dtest=OpsPageTest -Dsurefire.failIfNoSpecifiedTests=false
        -Dgolden.rewrite=true` writes it anew.

        In every row `y` is the result of the inputs `a`, `b`, `c`, and `d` is the gradient of the loss with
        respect to `y`. The gradients are what the compiler itself derives, after simplification: read
        `d ⊙ b` under *gradient of a* as ∂loss/∂a. Where it says –, no gradient flows. `⊙` multiplies
        element by element, `·` by a number or a matrix; what is below a `√` or above a fraction line in
        print stands in brackets.

        ## Element by element

        All inputs have the same shape, which is the result's; broadcasting happens before. Their sort is
        *Pointwise*. *Tested on* is the interval from which the tests draw inputs when they compare the
        gradients with central differences.

        """);
    row("op", "formula", "Java", "gradient of a", "gradient of b", "gradient of c", "tested on");
    row("---", "---", "---", "---", "---", "---", "---");
    OpSample.elementwise().stream().filter(s -> differentiable(s)).forEach(this::elementwise);
    page.append(
        """

        These have no derivative. A loss that depends on a parameter through one of them is refused, with
        the reason given here; where a condition only chooses, as in `where(a > 0, b, c)`, nothing needs one.

        """);
    row("op", "formula", "Java", "why there is no derivative");
    row("---", "---", "---", "---");
    OpSample.elementwise().stream().filter(s -> !differentiable(s)).forEach(this::flat);
    page.append(
        """

        ## All others

        The *sort* says how an op is computed: each number by itself (*Pointwise*), by joining numbers along
        axes (*Reduction*), not at all because the same numbers lie in the same order (*View*), or by a call
        of the runtime (*Routine*). The example shows shapes; `N` is the batch axis.

        """);
    row("op", "sort", "meaning", "example", "formula", "gradient of a", "gradient of b");
    row("---", "---", "---", "---", "---", "---", "---");
    OpSample.structural().forEach(this::structural);
    return page.toString();
  }

  private static boolean differentiable(OpSample sample) {
    return sample.op().nondifferentiable().isEmpty();
  }

  private void elementwise(OpSample sample) {
    Elementwise op = (Elementwise) sample.op();
    row(
        code(op.name()),
        code(sample.formula()),
        code(java(op)),
        gradient(sample, 0),
        gradient(sample, 1),
        gradient(sample, 2),
        Constant.text(op.low()) + " … " + Constant.text(op.high()));
  }

  private void flat(OpSample sample) {
    Elementwise op = (Elementwise) sample.op();
    row(
        code(op.name()),
        code(sample.formula()),
        code(java(op)),
        op.nondifferentiable().orElseThrow());
  }

  private void structural(OpSample sample) {
    String example =
        sample.inputs().stream().map(Object::toString).collect(Collectors.joining(" and "))
            + " → "
            + sample.result();
    String meaning =
        sample.meaning() + sample.op().nondifferentiable().map(reason -> "; " + reason).orElse("");
    row(
        code(sample.op().name()),
        sample.sort(),
        meaning,
        code(sample.op().describe()) + ": " + example.strip(),
        code(sample.formula()),
        gradient(sample, 0),
        gradient(sample, 1));
  }

  private static String java(Elementwise op) {
    return op.code()
        .write(
            IntStream.range(0, op.arity())
                .mapToObj(i -> Formula.atom(NAMES.get(i), false))
                .toList())
        .text();
  }

  private static String gradient(OpSample sample, int input) {
    return input < sample.inputs().size() ? sample.gradient(input).orElse(NONE) : "";
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private void row(String... cells) {
    page.append("| ");
    page.append(
        List.of(cells).stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ")));
    page.append(" |\n");
  }
}
