package dev.peephole.check.plan;

import dev.peephole.check.Optimizers;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;
import java.util.Optional;

/**
 * {@code optimizer adam(rate: 0.1)}; {@link Optimizers} follows it, before the network is known.
 */
public final class OptimizerClause implements PlanClause {
  private static final Part<Expr> OPTIMIZER = Part.expression();
  private static final ClauseForm FORM =
      ClauseForm.of("optimizer", "optimizer adam(rate: 0.01)").then(OPTIMIZER);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "how parameters move; one of the library or your own";
  }

  @Override
  public String otherwise() {
    return "must be there";
  }

  /** What a plan says of it. */
  public static Optional<Expr> of(Declaration.Train train) {
    return train.clauses().stream()
        .filter(clause -> clause.form() == FORM)
        .map(clause -> clause.get(OPTIMIZER))
        .findFirst();
  }

  /** What to say of a plan without one. */
  public static Diagnostic missing(Declaration.Train train) {
    return Diagnostic.error(Code.PLAN, train.network().span(), "this plan has no optimizer")
        .hint("say how to train, such as: optimizer adam(rate: 0.001)");
  }

  /** The program has the optimizer; whoever looks at a run asks what it was. */
  @Override
  public void apply(Clause clause, PlanDraft plan) {
    plan.call("optimizer", clause.get(OPTIMIZER).span().text().replaceAll("\\s+", " "));
  }
}
