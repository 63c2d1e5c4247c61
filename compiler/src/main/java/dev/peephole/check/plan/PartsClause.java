package dev.peephole.check.plan;

import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;
import java.util.Optional;

/** {@code parts by "part"}. */
final class PartsClause implements PlanClause {
  private static final Part<Expr> COLUMN = Part.expression();
  static final ClauseForm FORM = ClauseForm.of("parts", "parts by \"part\"").then("by", COLUMN);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "a column that says of each example whether it is for `training`, `validation` or `test`, instead of `split`";
  }

  @Override
  public String otherwise() {
    return "as `split` says";
  }

  @Override
  public Optional<String> single(Clause clause) {
    return Optional.of("split");
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    plan.call("partsBy", Manners.column(clause.get(COLUMN)));
    plan.atEnd(() -> SplitClause.requireRows(clause, plan));
  }
}
