package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;
import java.util.List;
import java.util.Optional;

/** {@code split 70 / 15 / 15 in order}; the numbers are parts of the whole, training first. */
final class SplitClause implements PlanClause {
  private static final Part<List<Expr>> SHARES = Part.shares();
  private static final Manners MANNERS = new Manners();
  private static final ClauseForm FORM =
      MANNERS.in(
          ClauseForm.of(
                  "split",
                  "split 70 / 15 / 15",
                  "split 80 / 20 stratified by kind",
                  "split 80 / 20 grouped by \"patient\"")
              .then(SHARES));

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "shares of training, validation and test part, drawn at random; with `in order` at the end they follow each other in the data, `stratified` each has its share of every class of a label, and `grouped` what a column says the same of stays together";
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
    boolean inOrder = MANNERS.inOrder(clause);
    plan.call(inOrder ? "splitInOrder" : "split", shares);
    MANNERS.apply(clause, plan);
    if (MANNERS.asks(clause)) {
      plan.atEnd(() -> requireRows(clause, plan));
    } else if (!inOrder && shares.length > 1) {
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

  /** Says of a plan whose examples are windows that they cannot be divided so. */
  static void requireRows(Clause clause, PlanDraft plan) {
    if (plan.windows().isPresent()) {
      plan.report(
          Diagnostic.error(Code.PLAN, clause.span(), "windows are not divided one by one")
              .and(plan.windows().get().span(), "the windows")
              .note("they share rows, so that one part would see what another is to predict")
              .hint("divide them in order: split 70 / 15 / 15 in order"));
    }
  }

  /** Says of a plan with folds that something else makes a test part or divides the data, too. */
  static void requireNoOther(Clause folds, PlanDraft plan) {
    requireTwo(plan, folds);
    plan.clause(FORM)
        .filter(MANNERS::said)
        .ifPresent(
            split ->
                plan.report(
                    Diagnostic.error(Code.PLAN, split.span(), "how to divide, the folds say")
                        .and(folds.span(), "here")
                        .hint("the rest of each fold is divided in the same way")));
    for (ClauseForm other : List.of(PartsClause.FORM, DataClause.TEST.form())) {
      plan.clause(other)
          .ifPresent(
              test ->
                  plan.report(
                      Diagnostic.error(Code.PLAN, test.span(), "the folds are the test parts")
                          .and(folds.span(), "here")));
    }
  }

  /** Into how many parts a plan divides the data. */
  static int parts(PlanDraft plan) {
    if (plan.clause(PartsClause.FORM).isPresent()) {
      return 3;
    }
    return plan.clause(FORM).map(clause -> clause.get(SHARES).size()).orElse(1);
  }

  /** Says of a plan that it divides the data into more than two parts, if it does. */
  static void requireTwo(PlanDraft plan, Clause test) {
    Optional<Clause> parted = plan.clause(PartsClause.FORM).or(() -> plan.clause(FORM));
    if (parts(plan) > 2) {
      plan.report(
          Diagnostic.error(
                  Code.PLAN, parted.orElseThrow().span(), "the test part comes from elsewhere")
              .and(test.span(), "from here")
              .hint("divide the data into two: training and validation"));
    }
  }
}
