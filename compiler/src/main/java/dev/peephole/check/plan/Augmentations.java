package dev.peephole.check.plan;

import dev.peephole.check.evaluate.Context;
import dev.peephole.check.evaluate.Expressions;
import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.Arithmetic;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Instance;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Label;
import dev.peephole.ir.Var;
import dev.peephole.source.Span;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code augment} makes of an input: a function of it in training, and itself elsewhere. */
public final class Augmentations {
  private final Context context;
  private final Expressions expressions;
  private final Instance root;

  /**
   * @param root the network
   */
  public Augmentations(Context context, Expressions expressions, Instance root) {
    this.context = context;
    this.expressions = expressions;
    this.root = root;
  }

  /** What the value is called that an input becomes. */
  static String name(String input) {
    return input + "_augmented";
  }

  /**
   * What the network's equations have in the place of an input.
   *
   * @param inputs how many inputs the network has
   */
  public Var of(Var input, List<Clause> clauses, int inputs) {
    Var changed = input;
    for (Clause clause : clauses) {
      List<Ident> on = AugmentClause.on(clause);
      boolean named = on.stream().anyMatch(name -> name.name().equals(input.name()));
      if (named || on.isEmpty() && inputs == 1) {
        changed = changed(changed, AugmentClause.change(clause), input);
      }
    }
    if (!changed.equals(input)) {
      int rank = input.shape().example().rank();
      Arithmetic arithmetic = context.arithmetic();
      Value chosen =
          arithmetic.where(
              arithmetic.training(),
              new Value.Tensor(changed, rank),
              new Value.Tensor(input, rank));
      Var augmented = ((Value.Tensor) chosen).var();
      context.labels().put(augmented, Label.name(name(input.name())));
      return augmented;
    }
    return input;
  }

  /** The function applied to what the input is so far, and to what else it is called with. */
  private Var changed(Var sofar, Expr.Call call, Var input) {
    Frame frame = Frame.top(root);
    Span place = call.callee().span();
    String hidden = "(" + input.name() + ")"; // nothing else can be called so
    frame.bind(hidden, new Value.Tensor(sofar, input.shape().example().rank()), place);
    context.at(call.span(), frame);
    List<Expr.Argument> arguments = new ArrayList<>();
    arguments.add(new Expr.Argument(Optional.empty(), new Expr.Name(hidden, place)));
    arguments.addAll(call.arguments());
    Value value =
        expressions.evaluate(new Expr.Call(call.callee(), arguments, true, call.span()), frame);
    if (value instanceof Value.Unknown) {
      throw CheckException.reported();
    }
    boolean alike =
        value instanceof Value.Tensor t
            && t.var().shape().equals(input.shape())
            && t.var().real() == input.real();
    if (!alike) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, call.span(), "what is made of an input must be like it")
              .labelled("this is " + value.describe())
              .note("'" + input.name() + "' is " + input.shape().example()));
    }
    return ((Value.Tensor) value).var();
  }
}
