package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.runtime.train.metric.Average;
import dev.peephole.runtime.train.metric.Kind;
import dev.peephole.runtime.train.metric.Metrics;
import dev.peephole.source.Span;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** {@code metrics accuracy, f1(macro), top(5)}. */
final class MetricsClause implements PlanClause {
  private static final Part<List<Expr.Call>> METRICS = Part.calls();
  private static final ClauseForm FORM =
      ClauseForm.of("metrics", "metrics accuracy", "metrics f1(macro), top(5)").then(METRICS);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "what is measured besides the loss: [metrics](#metrics)";
  }

  @Override
  public String otherwise() {
    return "the loss alone";
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    for (Expr.Call metric : clause.get(METRICS)) {
      try {
        apply(metric, plan);
      } catch (CheckException flaw) {
        flaw.diagnostic().ifPresent(plan::report);
      }
    }
  }

  /** The names of what a plan measures. */
  static List<String> names(PlanDraft plan) {
    return plan.clause(FORM).stream()
        .flatMap(clause -> clause.get(METRICS).stream())
        .map(metric -> metric.callee().name())
        .toList();
  }

  private static void apply(Expr.Call metric, PlanDraft plan) {
    String name = metric.callee().name();
    if (!Metrics.names().contains(name)) {
      String message = "there is no metric '" + name + "'";
      throw unknown(metric.callee().span(), message, "the metrics are ", name, Metrics.names());
    }
    Optional<Kind> kind = Metrics.kind(name);
    Kind.Brackets brackets = kind.map(Kind::brackets).orElse(Kind.Brackets.NONE);
    List<Expr.Argument> arguments = metric.arguments();
    boolean may = arguments.isEmpty() && brackets != Kind.Brackets.NUMBER;
    boolean must = arguments.size() == 1 && brackets != Kind.Brackets.NONE;
    if (!may && !must || arguments.stream().anyMatch(a -> a.name().isPresent())) {
      String form = kind.map(Kind::example).orElse(name);
      throw new CheckException(
          Diagnostic.error(Code.PLAN, metric.span(), "the metric " + name + " is written " + form));
    }
    if (arguments.isEmpty()) {
      plan.call("metric", name);
    } else if (brackets == Kind.Brackets.AVERAGE) {
      plan.call("metric", name, average(arguments.get(0).value()));
    } else {
      plan.call("metric", name, plan.whole(arguments.get(0).value(), 1));
    }
  }

  private static String average(Expr expr) {
    String word = expr instanceof Expr.Name name ? name.name() : "";
    if (!Average.words().contains(word)) {
      String message = "this must be one of " + String.join(", ", Average.words());
      throw unknown(expr.span(), message, "the words are ", word, Average.words());
    }
    return word;
  }

  private static CheckException unknown(
      Span span, String message, String there, String wanted, Collection<String> names) {
    Diagnostic error =
        Diagnostic.error(Code.PLAN, span, message).note(there + String.join(", ", names));
    return new CheckException(
        Nearest.to(wanted, names).map(n -> error.hint("did you mean " + n + "?")).orElse(error));
  }
}
