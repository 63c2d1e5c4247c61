package dev.peephole.check.plan;

import dev.peephole.check.evaluate.Context;
import dev.peephole.check.evaluate.Expressions;
import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Instance;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Label;
import dev.peephole.ir.Var;
import dev.peephole.op.Elementwise;
import dev.peephole.source.Span;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code regularize} adds to the loss: a function of each parameter that it is on. */
public final class Penalties {
  private final Context context;
  private final Expressions expressions;
  private final Instance root;
  private final List<Instance.DraftParameter> parameters;

  /**
   * @param root the network, all its layers applied
   */
  public Penalties(Context context, Expressions expressions, Instance root) {
    this.context = context;
    this.expressions = expressions;
    this.root = root;
    this.parameters = root.allParameters();
  }

  /** The loss with the penalties added. */
  public Var addTo(Var loss, List<Clause> clauses) {
    Var sum = loss;
    for (Clause clause : clauses) {
      for (Instance.DraftParameter parameter : chosen(clause)) {
        Var penalty = penalty(RegularizeClause.penalty(clause), parameter);
        String name = RegularizeClause.penalty(clause).callee() + "_" + parameter.var().name();
        context.labels().put(penalty, Label.name(name));
        context.at(clause.span(), Frame.top(root));
        sum = context.builder().apply(Elementwise.ADD, sum, penalty);
      }
    }
    return sum;
  }

  /** Those that the clause names; without names the weights, not the biases. */
  private Set<Instance.DraftParameter> chosen(Clause clause) {
    Set<Instance.DraftParameter> chosen = new LinkedHashSet<>();
    if (RegularizeClause.on(clause).isEmpty()) {
      parameters.stream().filter(p -> p.var().shape().rank() >= 2).forEach(chosen::add);
    }
    for (Ident name : RegularizeClause.on(clause)) {
      chosen.addAll(new Named(parameters).by(name));
    }
    if (chosen.isEmpty()) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, clause.span(), "there is nothing to regularize")
              .note("without names it is on the parameters of two axes or more")
              .hint("say which: " + clause.span().text() + " on " + parameters.get(0).path()));
    }
    return chosen;
  }

  /** The function applied to the parameter and what else it is called with. */
  private Var penalty(Expr.Call call, Instance.DraftParameter parameter) {
    Frame frame = Frame.top(root);
    Span place = call.callee().span();
    String hidden = "(" + parameter.path() + ")"; // nothing else can be called so
    frame.bind(hidden, new Value.Tensor(parameter.var(), parameter.var().shape().rank()), place);
    List<Expr.Argument> arguments = new ArrayList<>();
    arguments.add(new Expr.Argument(Optional.empty(), new Expr.Name(hidden, place)));
    arguments.addAll(call.arguments());
    Value value =
        expressions.evaluate(new Expr.Call(call.callee(), arguments, true, call.span()), frame);
    if (value instanceof Value.Unknown) {
      throw CheckException.reported();
    }
    boolean number =
        value instanceof Value.Tensor t && t.var().shape().rank() == 0 && t.var().real();
    if (!number) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, call.span(), "a penalty is one number for a parameter")
              .note("for " + parameter.path() + " this is " + value.describe())
              .hint("sum(…) makes one number of many"));
    }
    return ((Value.Tensor) value).var();
  }
}
