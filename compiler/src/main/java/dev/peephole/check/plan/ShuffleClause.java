package dev.peephole.check.plan;

import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Part;
import java.util.Optional;

/** {@code shuffle on}, {@code shuffle off}. */
final class ShuffleClause implements PlanClause {
  private static final Part<String> SWITCH = Part.word("on", "off");
  private static final ClauseForm FORM = ClauseForm.of("shuffle", "shuffle off").then(SWITCH);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "keeps the order of the data; `on` draws a new order each epoch";
  }

  @Override
  public String otherwise() {
    return "on";
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    plan.call("shuffle", isOn(clause));
  }

  private static boolean isOn(Clause clause) {
    return clause.get(SWITCH).equals("on");
  }

  /** The clause that asks for another order each epoch, if a plan has one. */
  static Optional<Clause> on(PlanDraft plan) {
    return plan.clause(FORM).filter(ShuffleClause::isOn);
  }
}
