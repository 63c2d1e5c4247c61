package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.op.Constant;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;

/** {@code average decay 0.999}, {@code average from 0.75}. */
final class AverageClause implements PlanClause {
  private static final Part<String> KIND = Part.word("decay", "from");
  private static final Part<Expr> AMOUNT = Part.expression();
  private static final ClauseForm FORM =
      ClauseForm.of("average", "average decay 0.999", "average from 0.75").then(KIND, AMOUNT);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "measures and keeps an average of the weights in the place of the last ones: over all steps, each counting 0.999 of the next (EMA; Polyak & Juditsky, 1992), or over the epochs from a share of the run on (SWA; Izmailov et al., 2018)";
  }

  @Override
  public String otherwise() {
    return "the weights themselves";
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    boolean decay = clause.get(KIND).equals("decay");
    double amount = plan.number(clause.get(AMOUNT));
    if (!(amount >= 0 && amount < 1)) {
      throw new CheckException(
          Diagnostic.error(
                  Code.PLAN,
                  clause.get(AMOUNT).span(),
                  decay
                      ? "this is the share that is kept at each step, and some must go"
                      : "this is the share of the run before the average, and some must be left")
              .labelled("this is " + Constant.text(amount)));
    }
    plan.call(decay ? "averageDecay" : "averageFrom", amount);
  }
}
