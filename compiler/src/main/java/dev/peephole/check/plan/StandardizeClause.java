package dev.peephole.check.plan;

import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Part;
import java.util.List;
import java.util.Optional;

/** {@code standardize x, y}. */
final class StandardizeClause implements PlanClause {
  private static final Part<List<Ident>> NAMES = Part.names();
  private static final ClauseForm FORM =
      ClauseForm.of("standardize", "standardize x, y").then(NAMES);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "to mean 0 and variance 1, each number of an example by itself; fitted on the training part alone and undone in predictions; a number that is always the same becomes 0, and a warning names it";
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
    List<Ident> names = clause.get(NAMES);
    plan.call("standardize", names.stream().map(name -> Scaled.name(name, plan)).toArray());
    names.forEach(plan.reaches()::standardized);
  }
}
