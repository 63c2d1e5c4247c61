package dev.peephole.check.plan;

import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;

/** {@code seed 7}. */
final class SeedClause implements PlanClause {
  private static final Part<Expr> SEED = Part.expression();
  private static final ClauseForm FORM = ClauseForm.of("seed", "seed 7").then(SEED);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "what everything random is drawn from: same seed, same bits";
  }

  @Override
  public String otherwise() {
    return "0";
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    plan.call("seed", plan.whole(clause.get(SEED), 0));
  }
}
