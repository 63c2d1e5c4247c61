package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Element;
import dev.peephole.op.Elementwise;
import dev.peephole.source.Span;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Operator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Follows what joins conditions: {@code and}, {@code or}, {@code not}, and comparisons in a chain.
 * What is known while compiling decides at once, so that nothing is asked of an operand behind it
 * that does not matter any more; the rest is computed element by element.
 */
final class Conditions {
  private final Context context;
  private final Expressions expressions;

  Conditions(Context context, Expressions expressions) {
    this.context = context;
    this.expressions = expressions;
  }

  Value not(Expr.Not not, Frame frame) {
    Value operand = condition("not", not.operand(), frame);
    if (operand instanceof Value.Truth truth) {
      return new Value.Truth(!truth.value());
    }
    return elementwise(
        Elementwise.NOT, not.span(), List.of(not.operand()), List.of(operand), frame);
  }

  Value junction(Expr.Junction junction, Frame frame) {
    String word = junction.operator().operator().symbol();
    Value left = condition(word, junction.left(), frame);
    return join(
        junction.operator(),
        List.of(junction.left(), junction.right()),
        left,
        () -> condition(word, junction.right(), frame),
        frame);
  }

  /** {@code a < b < c} is {@code a < b and b < c}, with b followed once. */
  Value chain(Expr.Chain chain, Frame frame) {
    Value whole = new Value.Truth(true);
    Value left = expressions.evaluate(chain.operands().get(0), frame);
    for (int i = 0; i < chain.operators().size(); i++) {
      if (whole.equals(new Value.Truth(false))) {
        return whole;
      }
      Operator.At operator = chain.operators().get(i);
      List<Expr> operands = chain.operands().subList(i, i + 2);
      Value right = expressions.evaluate(operands.get(1), frame);
      Value link =
          elementwise(
              Expressions.op(operator.operator()),
              operator.span(),
              operands,
              List.of(left, right),
              frame);
      whole =
          join(
              new Operator.At(Operator.AND, operator.span()),
              chain.operands(),
              whole,
              () -> link,
              frame);
      left = right;
    }
    return whole;
  }

  private Value join(
      Operator.At word, List<Expr> operands, Value left, Supplier<Value> further, Frame frame) {
    boolean decides = word.operator() == Operator.OR;
    if (left instanceof Value.Truth truth) {
      return truth.value() == decides ? left : further.get();
    }
    Value right = further.get();
    if (right instanceof Value.Truth truth) {
      return truth.value() == decides ? right : left;
    }
    return elementwise(
        Expressions.op(word.operator()), word.span(), operands, List.of(left, right), frame);
  }

  private Value elementwise(
      Elementwise op, Span place, List<Expr> operands, List<Value> values, Frame frame) {
    return expressions.fitting(
        place, operands, values, frame, () -> context.arithmetic().elementwise(op, values));
  }

  /** An operand that is true or false, known or not. */
  private Value condition(String word, Expr operand, Frame frame) {
    Value value = expressions.evaluate(operand, frame);
    boolean truth =
        value instanceof Value.Truth
            || value instanceof Value.Unknown
            || value instanceof Value.Tensor t && t.var().element() == Element.TRUTH;
    if (truth) {
      return value;
    }
    Diagnostic error =
        Diagnostic.error(Code.OPTION, operand.span(), "'" + word + "' takes what is true or false")
            .note("this is " + value.describe());
    boolean comparable = value instanceof Value.Number || value instanceof Value.Tensor;
    throw new CheckException(
        context.traced(
            comparable ? error.hint("compare it, such as: " + compared(operand)) : error, frame));
  }

  private static String compared(Expr operand) {
    String text = operand.span().text();
    return (text.length() <= 20 && !text.contains("\n") ? text : "x") + " != 0";
  }
}
