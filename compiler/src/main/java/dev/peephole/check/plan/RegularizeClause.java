package dev.peephole.check.plan;

import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Part;
import java.util.List;
import java.util.Optional;

/** {@code regularize l2(1e-4) on W_f, dense1.W}; {@link Penalties} makes it part of the loss. */
public final class RegularizeClause implements PlanClause {
  private static final Part<Expr.Call> PENALTY = Part.call();
  private static final Part<List<Ident>> ON = Part.paths();
  private static final ClauseForm FORM =
      ClauseForm.of("regularize", "regularize l2(1e-4) on W, dense1").then(PENALTY).maybe("on", ON);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "adds [penalties](#penalties) to the loss";
  }

  @Override
  public String otherwise() {
    return "none";
  }

  /** They add up. */
  @Override
  public Optional<String> single(Clause clause) {
    return Optional.empty();
  }

  /** The clauses of a plan. */
  public static List<Clause> of(Declaration.Train train) {
    return train.clauses().stream().filter(clause -> clause.form() == FORM).toList();
  }

  /** The call of a function, a parameter left out. */
  static Expr.Call penalty(Clause clause) {
    return clause.get(PENALTY);
  }

  /** Names or parts of names of parameters; empty if nothing is said. */
  static List<Ident> on(Clause clause) {
    return clause.find(ON).orElse(List.of());
  }

  /** Nothing is left to do: the loss has the penalties. */
  @Override
  public void apply(Clause clause, PlanDraft plan) {}
}
