package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Var;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Part;
import java.util.List;
import java.util.Optional;

/** {@code augment shifted(2) on image}; {@link Augmentations} makes it part of the network. */
public final class AugmentClause implements PlanClause {
  private static final Part<Expr.Call> CHANGE = Part.call();
  private static final Part<List<Ident>> ON = Part.names();
  private static final ClauseForm FORM =
      ClauseForm.of("augment", "augment shifted(2) on image").then(CHANGE).maybe("on", ON);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "in training, [changes an input](#augmentation) by a function, anew in each step;"
        + " several are applied one after another. The only input need not be named";
  }

  @Override
  public String otherwise() {
    return "as in the data";
  }

  /** They follow each other. */
  @Override
  public Optional<String> single(Clause clause) {
    return Optional.empty();
  }

  /** The clauses of a plan. */
  public static List<Clause> of(Declaration.Train train) {
    return train.clauses().stream().filter(clause -> clause.form() == FORM).toList();
  }

  /** The call of a function, the input left out. */
  static Expr.Call change(Clause clause) {
    return clause.get(CHANGE);
  }

  /** The names of inputs; empty if nothing is said. */
  static List<Ident> on(Clause clause) {
    return clause.find(ON).orElse(List.of());
  }

  /** The network has it already; the report of a run is told of it. */
  @Override
  public void apply(Clause clause, PlanDraft plan) {
    List<Var> inputs = plan.program().inputs();
    List<String> names = inputs.stream().map(Var::name).toList();
    if (on(clause).isEmpty() && inputs.size() != 1) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, clause.span(), "this does not say which input it changes")
              .note("the inputs are " + String.join(", ", names))
              .hint("augment " + change(clause).span().text() + " on " + names.get(0)));
    }
    for (Ident name : on(clause)) {
      if (!inputs.contains(plan.tensor(name))) {
        throw new CheckException(
            Diagnostic.error(Code.PLAN, name.span(), "targets stay what they are")
                .note("the inputs are " + String.join(", ", names)));
      }
    }
    List<String> changed =
        on(clause).isEmpty() ? names : on(clause).stream().map(Ident::name).toList();
    changed.forEach(input -> plan.call("augmented", input, Augmentations.name(input)));
  }
}
