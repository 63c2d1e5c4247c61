package dev.peephole.check.plan;

import dev.peephole.check.Optimizers;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Reading;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Part;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code optimizer adam(rate: 0.1) on encoder}; {@link Optimizers} follows it, before the network
 * is known, and {@link Groups} finds out then what it is on.
 */
public final class OptimizerClause implements PlanClause {
  private static final Part<Expr> OPTIMIZER = Part.expression();
  private static final Part<List<Ident>> ON = Part.paths();
  private static final ClauseForm FORM =
      ClauseForm.of(
              "optimizer", "optimizer adam(rate: 0.01)", "optimizer sgd(rate: 0.001) on encoder")
          .then(OPTIMIZER)
          .maybe("on", ON);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "how parameters move; one of the library or your own, whose options may be [schedules](#schedules). With `on`, how [some of them](#parameter-groups) move";
  }

  @Override
  public String otherwise() {
    return "must be there";
  }

  /** The clauses of a plan. */
  public static List<Clause> of(Declaration.Train train) {
    return train.clauses().stream().filter(clause -> clause.form() == FORM).toList();
  }

  /** What a clause calls for. */
  public static Expr optimizer(Clause clause) {
    return clause.get(OPTIMIZER);
  }

  /** The parameters that it is on, or parts of their names; empty if it is on all others. */
  static List<Ident> on(Clause clause) {
    return clause.find(ON).orElse(List.of());
  }

  /** One is on all parameters that no other one is on. */
  @Override
  public Optional<String> single(Clause clause) {
    return on(clause).isEmpty() ? Optional.of("optimizer") : Optional.empty();
  }

  /** What to say of a plan without one. */
  public static Diagnostic missing(Declaration.Train train) {
    return Diagnostic.error(Code.PLAN, train.network().span(), "this plan has no optimizer")
        .hint("say how to train, such as: optimizer adam(rate: 0.001)");
  }

  /** The program has the optimizer; whoever looks at a run asks what it was. */
  @Override
  public void apply(Clause clause, PlanDraft plan) {
    plan.call("optimizer", text(clause.get(OPTIMIZER).span().text(), on(clause)));
    plan.atEnd(
        () -> {
          if (measures(plan) && SplitClause.parts(plan) < 2 && first(plan) == clause) {
            plan.report(
                Diagnostic.error(Code.PLAN, clause.span(), "plateaus are seen in a validation part")
                    .hint("divide the data: split 80 / 20"));
          }
        });
  }

  private static Clause first(PlanDraft plan) {
    return plan.clause(FORM).orElseThrow();
  }

  /** Whether an option depends on the validation loss. */
  private static boolean measures(PlanDraft plan) {
    return plan.program().groups().stream()
        .flatMap(group -> group.optimizer().options().stream())
        .flatMap(option -> option.readings().stream())
        .anyMatch(reading -> reading.quantity() instanceof Reading.Plateaus);
  }

  private static String text(String optimizer, List<Ident> on) {
    String names = on.stream().map(Ident::name).collect(Collectors.joining(", "));
    return optimizer.replaceAll("\\s+", " ") + (on.isEmpty() ? "" : " on " + names);
  }
}
