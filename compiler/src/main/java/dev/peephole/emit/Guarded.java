package dev.peephole.emit;

import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Operator;
import dev.peephole.loop.Statement;
import dev.peephole.op.Elementwise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A term of a sum that is 0 outside of some positions, so that it need not be added there.
 *
 * <pre>
 * (x[i − 1] where 1 ≤ i &lt; 9, else 0) · w      if (i &gt;= 1 &amp;&amp; i &lt; 9) sum += x[i − 1] * w
 * </pre>
 *
 * @param within the positions, each with 0 for what it chooses
 * @param term the term there
 */
record Guarded(List<Scalar.WhereWithin> within, Scalar term) {

  static Guarded of(Scalar term) {
    List<Scalar.WhereWithin> within = new ArrayList<>();
    Scalar inside = inside(term, within);
    return new Guarded(List.copyOf(within), inside);
  }

  private static Scalar inside(Scalar term, List<Scalar.WhereWithin> within) {
    if (term instanceof Scalar.WhereWithin where && where.otherwise().equals(Scalar.number(0))) {
      Scalar zero = Scalar.number(0);
      Scalar.WhereWithin alone =
          new Scalar.WhereWithin(
              where.position(), where.from(), where.to(), where.step(), zero, zero);
      if (!within.contains(alone)) {
        within.add(alone);
      }
      return inside(where.then(), within);
    } else if (term instanceof Scalar.Apply apply && apply.op() == Elementwise.MULTIPLY) {
      return new Scalar.Apply(
          apply.op(), apply.inputs().stream().map(factor -> inside(factor, within)).toList());
    }
    return term;
  }

  /**
   * Statements inside of a loop, where those positions are asked for that are known from there on:
   * as far outside as that is possible.
   *
   * @param axes those that are looped over
   * @param loop which of the loops it is; −1 outside of all
   */
  List<Statement> asked(
      List<Integer> axes, int loop, Lowering numbers, Scope scope, List<Statement> body) {
    Optional<Expr> test =
        within.stream()
            .filter(where -> deepest(where.position(), axes) == loop)
            .flatMap(where -> numbers.tests(where, scope).stream())
            .reduce((some, other) -> some.compared(Operator.AND, other));
    return test.<List<Statement>>map(t -> List.of(new Statement.If(t, body, List.of())))
        .orElse(body);
  }

  /** Which of the loops over the axes is the innermost that a position depends on. */
  private static int deepest(Index position, List<Integer> axes) {
    Set<Integer> loops = new HashSet<>();
    position.forEach(
        variable -> {
          if (variable instanceof Index.Loop loop) {
            loops.add(axes.indexOf(loop.axis()));
          }
        });
    return loops.stream().mapToInt(place -> place).max().orElse(-1);
  }
}
