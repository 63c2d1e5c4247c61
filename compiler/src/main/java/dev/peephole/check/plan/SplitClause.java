package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;
import java.util.List;

/** {@code split 70 / 15 / 15 in order}; the numbers are parts of the whole, training first. */
final class SplitClause implements PlanClause {
  private static final Part<List<Expr>> SHARES = Part.shares();
  private static final Part<String> ORDER = Part.word("order");
  private static final ClauseForm FORM =
      ClauseForm.of("split", "split 70 / 15 / 15").then(SHARES).maybe("in", ORDER);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "shares of training, validation and test part, drawn at random; with `in order` at the end they follow each other in the data";
  }

  @Override
  public String otherwise() {
    return "all is for training";
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    Object[] shares = clause.get(SHARES).stream().map(plan::positive).toArray();
    if (shares.length > 3) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, clause.span(), "there are three parts at most")
              .note("training, validation and test"));
    }
    boolean inOrder = clause.find(ORDER).isPresent();
    plan.call(inOrder ? "splitInOrder" : "split", shares);
    if (!inOrder && shares.length > 1) {
      plan.atEnd(() -> requireSeries(clause, plan));
    }
  }

  private static void requireSeries(Clause clause, PlanDraft plan) {
    if (plan.windows().isPresent() && !plan.sequential()) {
      plan.report(
          Diagnostic.error(Code.PLAN, clause.span(), "windows cannot be split at random")
              .and(plan.windows().get().span(), "the windows")
              .note("they share rows, so that one part would see what another is to predict")
              .hint(
                  "let the parts follow each other: "
                      + clause.span().text().replaceAll("\\s+", " ")
                      + " in order"));
    }
  }

  /** Into how many parts a plan divides the data. */
  static int parts(PlanDraft plan) {
    return plan.clause(FORM).map(clause -> clause.get(SHARES).size()).orElse(1);
  }

  /** Says of a plan that it divides the data into more than two parts, if it does. */
  static void requireTwo(PlanDraft plan, Clause test) {
    if (parts(plan) > 2) {
      plan.report(
          Diagnostic.error(
                  Code.PLAN,
                  plan.clause(FORM).orElseThrow().span(),
                  "the test part comes from elsewhere")
              .and(test.span(), "from here")
              .hint("divide the data into two: training and validation"));
    }
  }
}
