package dev.peephole.check.plan;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;

/** {@code folds 5 stratified by kind}. */
final class FoldsClause implements PlanClause {
  private static final Part<Expr> COUNT = Part.expression();
  private static final Manners MANNERS = new Manners();
  static final ClauseForm FORM =
      MANNERS.in(ClauseForm.of("folds", "folds 5", "folds 5 stratified by kind").then(COUNT));

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "divides the data into [folds](#folds), each of which is the test part of a network of its own; `split` divides the rest";
  }

  @Override
  public String otherwise() {
    return "one network";
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    plan.call("folds", plan.whole(clause.get(COUNT), 2));
    if (MANNERS.inOrder(clause)) {
      plan.call("inOrder");
    }
    MANNERS.apply(clause, plan);
    plan.atEnd(
        () -> {
          SplitClause.requireNoOther(clause, plan);
          if (plan.windows().isPresent() && !plan.sequential()) {
            plan.report(
                Diagnostic.error(Code.PLAN, clause.span(), "windows of one series have no folds")
                    .and(plan.windows().get().span(), "the windows")
                    .note("they share rows, so that a fold would know what another is to predict"));
          } else if (MANNERS.asks(clause)) {
            SplitClause.requireRows(clause, plan);
          }
        });
  }
}
