package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Var;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Part;
import java.util.List;
import java.util.stream.Stream;

/** How examples are divided, as {@code split} and {@code folds} say it at their ends. */
final class Manners {
  private final Part<String> order = Part.word("order");
  private final Part<List<Ident>> label = Part.names();
  private final Part<Expr> column = Part.expression();

  /** A clause that may say how. */
  ClauseForm in(ClauseForm form) {
    return form.maybe("in", order).maybe("stratified", "by", label).maybe("grouped", "by", column);
  }

  /** Whether a clause says that the parts follow each other in the data. */
  boolean inOrder(Clause clause) {
    return clause.find(order).isPresent();
  }

  /** Whether a clause says how. */
  boolean said(Clause clause) {
    return inOrder(clause) || asks(clause);
  }

  /** Whether a clause divides by something that is known of each example. */
  boolean asks(Clause clause) {
    return clause.find(label).isPresent() || clause.find(column).isPresent();
  }

  /** Adds to the plan what a clause says, the order left aside. */
  void apply(Clause clause, PlanDraft plan) {
    long ways =
        Stream.of(order, label, column).filter(part -> clause.find(part).isPresent()).count();
    if (ways > 1) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, clause.span(), "this divides the data in two ways at once")
              .hint("say one of: in order, stratified by, grouped by"));
    }
    clause.find(label).ifPresent(names -> plan.call("stratifiedBy", label(names, plan)));
    clause.find(column).ifPresent(name -> plan.call("groupedBy", column(name)));
  }

  private static String label(List<Ident> names, PlanDraft plan) {
    Ident name = names.get(0);
    Var var = plan.tensor(name);
    if (names.size() > 1 || var.real() || var.shape().example().rank() > 0) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, name.span(), "data are stratified by one label")
              .hint("name one that is class(…), and grouped by \"…\" takes a column"));
    }
    return name.name();
  }

  /** The name of a column. */
  static String column(Expr expr) {
    if (expr instanceof Expr.Text text) {
      return text.value();
    }
    throw new CheckException(
        Diagnostic.error(Code.PLAN, expr.span(), "this must be the name of a column")
            .hint("write it in quotes"));
  }
}
