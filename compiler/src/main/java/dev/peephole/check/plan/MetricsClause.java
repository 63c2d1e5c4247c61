package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.runtime.train.metric.Metrics;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Part;
import java.util.List;

/** {@code metrics accuracy}. */
final class MetricsClause implements PlanClause {
  private static final Part<List<Ident>> NAMES = Part.names();
  private static final ClauseForm FORM = ClauseForm.of("metrics", "metrics accuracy").then(NAMES);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "what is measured besides the loss";
  }

  @Override
  public String otherwise() {
    return "the loss alone";
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    for (Ident name : clause.get(NAMES)) {
      if (!Metrics.names().contains(name.name())) {
        Diagnostic error =
            Diagnostic.error(Code.PLAN, name.span(), "there is no metric '" + name + "'")
                .note("the metrics are " + String.join(", ", Metrics.names()));
        throw new CheckException(
            Nearest.to(name.name(), Metrics.names())
                .map(n -> error.hint("did you mean " + n + "?"))
                .orElse(error));
      }
    }
    plan.call("metrics", clause.get(NAMES).stream().map(Ident::name).toArray());
  }
}
