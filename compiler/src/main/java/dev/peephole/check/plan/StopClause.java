package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Part;
import java.util.List;

/** {@code stop after 10 epochs without improvement}. */
final class StopClause implements PlanClause {
  private static final Part<Expr> EPOCHS = Part.expression();
  private static final Part<List<Ident>> METRIC = Part.names();
  private static final Part<Expr> LEAST = Part.expression();
  private static final ClauseForm FORM =
      ClauseForm.of(
              "stop",
              "stop after 10 epochs without improvement",
              "stop after 10 epochs without improvement of accuracy by 0.001")
          .then("after", EPOCHS, Part.word("epoch", "epochs"), "without", "improvement")
          .maybe("of", METRIC)
          .maybe("by", LEAST);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "stops early by the loss or a metric of the validation part, and brings the best weights back; `by` says by how much better counts, anything if it is left out";
  }

  @Override
  public String otherwise() {
    return "all epochs";
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    plan.call("stopAfter", plan.whole(clause.get(EPOCHS), 1));
    clause.find(METRIC).ifPresent(names -> watch(names, plan));
    clause.find(LEAST).ifPresent(least -> plan.call("stopBelow", plan.positive(least)));
    plan.atEnd(
        () -> {
          if (SplitClause.parts(plan) < 2) {
            plan.report(
                Diagnostic.error(Code.PLAN, clause.span(), "stopping early needs a validation part")
                    .hint("divide the data: split 80 / 20"));
          }
        });
  }

  /** Only what is measured can be watched. */
  private static void watch(List<Ident> names, PlanDraft plan) {
    Ident metric = names.get(0);
    if (names.size() > 1) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, names.get(1).span(), "one metric is watched"));
    }
    List<String> measured = MetricsClause.names(plan);
    if (!metric.name().equals("loss") && !measured.contains(metric.name())) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, metric.span(), "'" + metric + "' is not measured")
              .hint("say so: metrics " + metric));
    }
    plan.call("stopBy", metric.name());
  }
}
