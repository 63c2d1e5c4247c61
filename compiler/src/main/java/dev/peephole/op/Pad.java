package dev.peephole.op;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a value at {@code from} into an axis of {@code length}, with zeros around it, and with zeros
 * between its places if these do not follow each other.
 *
 * @param step how many places there are from one of the value to the next
 */
public record Pad(int axis, int from, int length, int step) implements Op.Pointwise {

  /** All of the value together. */
  public Pad(int axis, int from, int length) {
    this(axis, from, length, 1);
  }

  /** What takes a value of so many places out again. */
  public Slice slice(int places) {
    return new Slice(axis, from, end(places), step);
  }

  private int end(int places) {
    return from + step * (places - 1) + 1;
  }

  @Override
  public String name() {
    return "pad";
  }

  @Override
  public String describe() {
    return "pad axis " + axis + " to " + length + " from " + from + Slice.every(step);
  }

  @Override
  public Type type(List<Type> inputs) {
    inputs.get(0).requireNumbers();
    Shape shape = inputs.get(0).shape();
    if (from < 0 || length != Shape.OPEN && end(shape.axis(axis)) > length) {
      throw new TypeMismatch(
          shape + " does not fit into an axis of " + Shape.text(length), "it starts at " + from);
    }
    return Type.real(shape.with(axis, length));
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0).join(Range.of(0));
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Shape inner = equation.input(0).shape();
    List<String> axes = Axes.of(equation.out().shape());
    String places =
        from < 0
            ? "T − 1 of T"
            : from + ".." + end(inner.axis(axis)) + Slice.every(step) + " of " + Shape.text(length);
    Expression value = value(inputs.get(0), inner);
    Expression.Call padded =
        new Expression.Call(Expression.Called.PAD, List.of(axes.get(axis)), value, places, axes);
    boolean written = from >= 0 && value.axes().contains(axes.get(axis));
    return written ? padded.padded(axes.get(axis), from, step) : padded;
  }

  /** The value, which need not have the axis if it has one place of it. */
  private Expression value(Expression value, Shape shape) {
    List<String> others = new ArrayList<>(Axes.of(shape));
    others.remove(axis);
    return shape.axis(axis) == 1 && value.axes().equals(others) ? value : value.whole(shape);
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    Var inner = inputs.get(0);
    List<Index> source = new ArrayList<>(at);
    source.set(axis, at.get(axis).shifted(-from).over(step));
    Scalar number = new Scalar.Load(inner, source);
    int end = end(inner.shape().axis(axis));
    return step == 1
        ? new Scalar.WhereWithin(at.get(axis), from, end, number, Scalar.number(0))
        : new Scalar.WhereWithin(
            at.get(axis).shifted(-from), 0, end - from, step, number, Scalar.number(0));
  }

  @Override
  public Var gradient(int input, Backward back) {
    return back.apply(slice(back.x().shape().axis(axis)), back.d());
  }
}
