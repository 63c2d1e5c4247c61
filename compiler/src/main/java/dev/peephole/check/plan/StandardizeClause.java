package dev.peephole.check.plan;

import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Part;
import java.util.List;
import java.util.Optional;

/** {@code standardize x, y} and {@code robust x}: a word of the plan's builder, and names. */
record StandardizeClause(ClauseForm form, Part<List<Ident>> names, String says)
    implements PlanClause {

  static final PlanClause STANDARDIZE =
      of(
          "standardize",
          "standardize x, y",
          "to mean 0 and variance 1, each number of an example by itself; fitted on the training part alone and undone in predictions; a number that is always the same becomes 0, and a warning names it");

  static final PlanClause ROBUST =
      of(
          "robust",
          "robust x",
          "to median 0 and a distance of 1 between the quartiles, which outliers do not change; else as `standardize`");

  private static PlanClause of(String word, String example, String says) {
    Part<List<Ident>> names = Part.names();
    return new StandardizeClause(ClauseForm.of(word, example).then(names), names, says);
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
    List<Ident> scaled = clause.get(names);
    plan.call(form.word(), scaled.stream().map(name -> Scaled.name(name, plan)).toArray());
    scaled.forEach(plan.reaches()::standardized);
  }
}
