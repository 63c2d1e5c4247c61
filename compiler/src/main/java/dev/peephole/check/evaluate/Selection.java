package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.Arithmetic;
import dev.peephole.check.value.Value;
import dev.peephole.ir.Element;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.op.Gather;
import dev.peephole.op.Pick;
import dev.peephole.op.Slice;
import dev.peephole.syntax.Expr;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Follows picks and slices, {@code x[2]}, {@code x[1 .. 3]}, {@code x[.., -1]}, {@code x[.. step
 * 2]}, of values and of lists. Positions are counted from 0, and from the end where a minus is
 * written in front of them: what is computed and comes out negative is an error, and not the other
 * end.
 */
final class Selection {
  private final Expressions expressions;
  private final Arithmetic arithmetic;
  private final Context context;

  Selection(Context context, Expressions expressions) {
    this.context = context;
    this.arithmetic = context.arithmetic();
    this.expressions = expressions;
  }

  Value of(Expr.Index index, Frame frame) {
    Value operand = expressions.evaluate(index.operand(), frame);
    return expressions.fitting(
        index.span(),
        List.of(index.operand()),
        List.of(operand),
        frame,
        () ->
            operand instanceof Value.Numbers numbers
                ? ofList(index.selectors(), numbers.values(), frame)
                : select(index.selectors(), arithmetic.tensor(operand), frame));
  }

  private Value ofList(List<Expr.Selector> selectors, List<Integer> numbers, Frame frame) {
    requireAxes(selectors, 1, "a list");
    int length = numbers.size();
    if (selectors.get(0) instanceof Expr.Selector.Range range) {
      Bounds bounds = bounds(range, length, frame);
      if (bounds.from < 0 || bounds.to > length) {
        throw new TypeMismatch(
            "there are no positions "
                + bounds.from
                + " .. "
                + bounds.to
                + " in a list of "
                + length,
            "positions are counted from 0 and the end is not included");
      }
      return new Value.Numbers(
          IntStream.range(bounds.from, Math.max(bounds.from, bounds.to))
              .filter(i -> (i - bounds.from) % bounds.step == 0)
              .mapToObj(numbers::get)
              .toList());
    }
    Expr position = ((Expr.Selector.At) selectors.get(0)).position();
    int place = within(position, length, frame);
    int number = numbers.get(place);
    return number == Shape.OPEN ? Value.Length.OF_SEQUENCE : Value.Number.of(number, true);
  }

  private static void requireAxes(List<Expr.Selector> selectors, int axes, String what) {
    if (selectors.size() > axes) {
      throw new TypeMismatch("more positions than axes", what + " has " + axes);
    }
  }

  private Value select(List<Expr.Selector> selectors, Value.Tensor of, Frame frame) {
    requireAxes(selectors, of.rank(), of.shape().toString());
    Value.Tensor t = of;
    int left = t.rank();
    for (Expr.Selector selector : selectors) {
      int axis = t.var().shape().rank() - left;
      left--;
      t =
          selector instanceof Expr.Selector.Range range
              ? range(t, axis, range, frame)
              : at(t, axis, ((Expr.Selector.At) selector).position(), frame);
    }
    return t;
  }

  /**
   * Some positions of an axis: {@code from}, and each one {@code step} further, before {@code to}.
   */
  private record Bounds(int from, int to, int step) {}

  private Bounds bounds(Expr.Selector.Range range, int length, Frame frame) {
    int step = range.step().map(e -> expressions.wholeNumber(e, frame)).orElse(1);
    if (step < 1) {
      throw new TypeMismatch(
          "a step of " + step + " goes nowhere", "it is how many places further the next one is");
    }
    return new Bounds(
        range.from().map(e -> place(e, length, frame)).orElse(0),
        range.to().map(e -> place(e, length, frame)).orElse(length),
        step);
  }

  private Value.Tensor range(Value.Tensor t, int axis, Expr.Selector.Range range, Frame frame) {
    int length = t.var().shape().axis(axis);
    Bounds bounds = bounds(range, length, frame);
    boolean all = bounds.equals(new Bounds(0, length, 1));
    if (length == Shape.OPEN && !all) {
      throw cut();
    }
    Slice slice = new Slice(axis, bounds.from, bounds.to, bounds.step);
    return all ? t : arithmetic.apply(slice, t);
  }

  private static TypeMismatch cut() {
    return new TypeMismatch(
        "an open axis cannot be cut",
        "a sequence may be shorter; only its first place, [0], and its last, [T - 1], are always"
            + " there");
  }

  /** A position of an axis, or the place behind its last one. */
  private int place(Expr position, int length, Frame frame) {
    boolean open = length == Shape.OPEN;
    if (open && expressions.evaluate(position, frame).equals(Value.Length.OF_SEQUENCE)) {
      return Shape.OPEN;
    }
    int place = expressions.wholeNumber(position, frame);
    if (open && place != 0) {
      throw cut();
    }
    return fromEnd(position, place) ? length + place : place;
  }

  private static boolean fromEnd(Expr position, int place) {
    return position instanceof Expr.Negate && place < 0;
  }

  /** The position, which is one that the axis has. */
  private int within(Expr position, int length, Frame frame) {
    int place = place(position, length, frame);
    if (length != Shape.OPEN && place >= length || place < 0) {
      int written = fromEnd(position, place - length) ? place - length : place;
      throw new TypeMismatch(
          "there is no position " + written + " in an axis of " + length,
          "positions are counted from 0, or from the end if a minus is written: [-1] is the last");
    }
    return place;
  }

  private Value.Tensor at(Value.Tensor t, int axis, Expr position, Frame frame) {
    Value where = expressions.evaluate(position, frame);
    if (where instanceof Value.Tensor label && label.var().element() == Element.LABEL) {
      return pick(t, axis, label);
    }
    int length = t.var().shape().axis(axis);
    if (length == Shape.OPEN && isLast(position, where)) {
      return arithmetic.last(t, axis);
    }
    if (length == Shape.OPEN && !(where instanceof Value.Number n && n.value() == 0)) {
      throw new TypeMismatch(
          "a sequence may not have this position",
          "of an open axis only the first place, [0], and the last, [T - 1], are always there");
    }
    int place = within(position, length, frame);
    Value.Tensor slice = arithmetic.apply(new Slice(axis, place, place + 1), t);
    Shape shape = slice.var().shape().without(List.of(axis));
    return new Value.Tensor(arithmetic.reshape(slice.var(), shape), t.rank() - 1);
  }

  private static boolean isLast(Expr position, Value where) {
    boolean minusOne = where instanceof Value.Number n && n.value() == -1;
    return where.equals(Value.Length.LAST_POSITION) || minusOne && fromEnd(position, -1);
  }

  private Value.Tensor pick(Value.Tensor t, int axis, Value.Tensor label) {
    if (axis == 0) {
      Var rows = context.builder().apply(new Gather(), t.var(), label.var());
      return new Value.Tensor(rows, label.rank() + t.rank() - 1);
    }
    if (axis != t.var().shape().rank() - 1) {
      throw new TypeMismatch(
          "a label picks along the last axis of what examples have of their own",
          "this is axis " + (axis - t.hidden().rank()) + " of " + t.shape() + ", counted from 0");
    }
    List<Value.Tensor> spread = arithmetic.sameHidden(List.of(t, label));
    Value.Tensor picked = arithmetic.apply(new Pick(), spread.get(0), spread.get(1));
    return new Value.Tensor(picked.var(), t.rank() - 1);
  }
}
