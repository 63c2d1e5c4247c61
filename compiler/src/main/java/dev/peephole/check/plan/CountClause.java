package dev.peephole.check.plan;

import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;
import java.util.OptionalInt;

/** {@code batch 16}, {@code epochs 200}: a whole number, at least 1, for the plan's builder. */
record CountClause(ClauseForm form, Part<Expr> count, String says, String otherwise)
    implements PlanClause {

  /**
   * @param word of the clause, and the method of the builder
   * @param example a number that it may be
   */
  static CountClause of(String word, int example, String says, String otherwise) {
    Part<Expr> count = Part.expression();
    return new CountClause(
        ClauseForm.of(word, word + " " + example).then(count), count, says, otherwise);
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    plan.call(form.word(), plan.whole(clause.get(count), 1));
  }

  /** What a plan says of it, if it is a number. */
  OptionalInt number(Declaration.Train train) {
    return train.clauses().stream()
        .filter(clause -> clause.form() == form)
        .map(clause -> clause.get(count))
        .filter(Expr.Num.class::isInstance)
        .mapToInt(number -> (int) ((Expr.Num) number).value())
        .filter(number -> number >= 1)
        .findFirst();
  }
}
