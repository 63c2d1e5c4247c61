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
import java.util.Optional;

/** {@code rescale y to 0 .. 1}. */
final class RescaleClause implements PlanClause {
  private static final Part<List<Ident>> NAMES = Part.names();
  private static final Part<Expr> LOW = Part.expression();
  private static final Part<Expr> HIGH = Part.expression();
  private static final ClauseForm FORM =
      ClauseForm.of("rescale", "rescale x to 0 .. 1").then(NAMES, "to", LOW, "..", HIGH);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "so that the training part lies between the two numbers; undone in predictions";
  }

  @Override
  public String otherwise() {
    return "as in the data";
  }

  @Override
  public Optional<String> single(Clause clause) {
    return Optional.empty();
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    double low = plan.number(clause.get(LOW));
    double high = plan.number(clause.get(HIGH));
    if (!(low < high)) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, clause.span(), "the first number must be the smaller"));
    }
    List<Ident> names = clause.get(NAMES);
    names.stream()
        .map(name -> Scaled.name(name, plan))
        .toList()
        .forEach(name -> plan.call("rescale", name, low, high));
    names.forEach(name -> plan.reaches().rescaled(name, low, high));
  }
}
