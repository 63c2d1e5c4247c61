package dev.peephole.check.plan;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;

/** {@code stop after 10 epochs without improvement}. */
final class StopClause implements PlanClause {
  private static final Part<Expr> EPOCHS = Part.expression();
  private static final ClauseForm FORM =
      ClauseForm.of("stop", "stop after 10 epochs without improvement")
          .then("after", EPOCHS, Part.word("epoch", "epochs"), "without", "improvement");

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "stops early by the validation loss, and brings the best weights back";
  }

  @Override
  public String otherwise() {
    return "all epochs";
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    plan.call("stopAfter", plan.whole(clause.get(EPOCHS), 1));
    plan.atEnd(
        () -> {
          if (SplitClause.parts(plan) < 2) {
            plan.report(
                Diagnostic.error(Code.PLAN, clause.span(), "stopping early needs a validation part")
                    .hint("divide the data: split 80 / 20"));
          }
        });
  }
}
