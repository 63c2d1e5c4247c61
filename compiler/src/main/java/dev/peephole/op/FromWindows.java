package dev.peephole.op;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Axis;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Rewrite;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts windows back to where they were taken: place {@code a} of window {@code i} goes to place
 * {@code stride · i + dilation · a} of the axis, and stays apart from what the other places {@code
 * a} bring there; what no window brings is 0. Its sum along {@code within} is the sum over all
 * windows that a place lies in.
 *
 * <pre>
 * y[.., stride · i + dilation · a, .., a, ..] = x[.., i, .., a, ..]
 * </pre>
 *
 * @param axis the axis that the windows go along
 * @param within the axis of a window's places
 * @param length how long the axis is
 */
public record FromWindows(int axis, int within, int stride, int dilation, int length)
    implements Op.Pointwise {

  /** What it is the transpose of. */
  public Windows windows() {
    return new Windows(axis, within, stride, dilation);
  }

  @Override
  public String name() {
    return "from_windows";
  }

  @Override
  public String describe() {
    return "from windows over axis "
        + axis
        + " in axis "
        + within
        + Windows.lie(stride, dilation)
        + ", to "
        + length;
  }

  @Override
  public Type type(List<Type> inputs) {
    inputs.get(0).requireNumbers();
    Shape shape = inputs.get(0).shape();
    int windows = Windows.count(length, shape.axis(within), stride, dilation);
    if (shape.axis(axis) != windows) {
      throw new TypeMismatch(
          shape + " are not the windows of an axis of " + length, "that has " + windows);
    }
    return Type.real(shape.with(axis, length));
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0).join(Range.of(0));
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Shape shape = equation.input(0).shape();
    String how = shape.axis(within) + Windows.lie(stride, dilation) + " of " + length;
    return Windows.call(Expression.Called.FROM_WINDOWS, axis, within, inputs.get(0), shape, how)
        .fromWindows(
            Axes.of(shape).get(axis),
            Axes.of(shape).get(within),
            shape.axis(within),
            stride,
            dilation);
  }

  /** Windows along time are time, too. */
  @Override
  public List<List<Axis>> sameAxes(Equation equation) {
    return Axis.all(equation.input(0), equation.out());
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    Var windows = inputs.get(0);
    Index first = at.get(axis).plus(at.get(within).times(-dilation));
    List<Index> source = new ArrayList<>(at);
    source.set(axis, first.over(stride));
    int end = stride * (windows.shape().axis(axis) - 1) + 1;
    return new Scalar.WhereWithin(
        first, 0, end, stride, new Scalar.Load(windows, source), Scalar.number(0));
  }

  @Override
  public Var gradient(int input, Backward back) {
    return back.apply(windows(), back.d());
  }

  /** Windows of one place, side by side, are the axis itself. */
  @Override
  public Optional<Var> simplify(Rewrite rewrite) {
    Shape shape = rewrite.x(0).shape();
    return stride == 1 && shape.axis(within) == 1 && shape.axis(axis) == length
        ? Optional.of(rewrite.x(0))
        : Optional.empty();
  }
}
