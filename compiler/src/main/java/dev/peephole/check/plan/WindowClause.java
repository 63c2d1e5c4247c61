package dev.peephole.check.plan;

import dev.peephole.check.data.WindowSeries;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;
import java.util.OptionalInt;

/** {@code window 48 step 1 predict 1}: examples are windows over the rows of the data. */
final class WindowClause implements PlanClause {
  private static final Part<Expr> LENGTH = Part.expression();
  private static final Part<Expr> STEP = Part.expression();
  private static final Part<Expr> PREDICT = Part.expression();
  private static final ClauseForm FORM =
      ClauseForm.of("window", "window 48 step 1 predict 1")
          .then(LENGTH)
          .maybe("step", STEP)
          .maybe("predict", PREDICT);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "examples are [windows](#windows) over the rows of the data: an input takes 48 of them, a target the 1 behind; one begins at every row. Without `step` it is 1";
  }

  @Override
  public String otherwise() {
    return "an example is a row";
  }

  /** What an example is must be known where the data are bound. */
  @Override
  public boolean isFirst() {
    return true;
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    int length = plan.whole(clause.get(LENGTH), 1);
    int step = clause.find(STEP).map(s -> plan.whole(s, 1)).orElse(1);
    OptionalInt predict = clause.find(PREDICT).stream().mapToInt(p -> plan.whole(p, 1)).findFirst();
    plan.takeIn(new WindowSeries(length, step, predict, clause.span()));
  }
}
