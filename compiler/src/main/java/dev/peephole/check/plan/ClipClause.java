package dev.peephole.check.plan;

import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;
import java.util.Optional;

/** {@code clip norm 1}, {@code clip value 0.5}. */
final class ClipClause implements PlanClause {
  private static final Part<String> MEASURE = Part.word("norm", "value");
  private static final Part<Expr> LIMIT = Part.expression();
  private static final ClauseForm FORM =
      ClauseForm.of("clip", "clip norm 1", "clip value 0.5").then(MEASURE, LIMIT);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "bounds the gradients: all together by their Euclidean norm, each number by its size; both may be there";
  }

  @Override
  public String otherwise() {
    return "no bounds";
  }

  @Override
  public Optional<String> single(Clause clause) {
    return Optional.of("clip " + clause.get(MEASURE));
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    boolean norm = clause.get(MEASURE).equals("norm");
    plan.call(norm ? "clipNorm" : "clipValue", plan.positive(clause.get(LIMIT)));
  }
}
