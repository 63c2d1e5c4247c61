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
 * Windows over an axis: of a value that is the same along the axis {@code within}, place {@code a}
 * of window {@code i} is place {@code stride · i + dilation · a} of the axis.
 *
 * <pre>
 * y[.., i, .., a, ..] = x[.., stride · i + dilation · a, .., a, ..]
 * </pre>
 *
 * <p>There are as many windows as lie in the axis whole: of {@code n} places, and windows of {@code
 * k}, {@code (n − dilation · (k − 1) − 1) / stride + 1} (Dumoulin & Visin, A guide to convolution
 * arithmetic for deep learning, 2016). {@link FromWindows} is its transpose.
 *
 * @param axis the axis that the windows go along
 * @param within the axis of a window's places
 */
public record Windows(int axis, int within, int stride, int dilation) implements Op.Pointwise {

  @Override
  public String name() {
    return "windows";
  }

  @Override
  public String describe() {
    return "windows over axis " + axis + " in axis " + within + lie(stride, dilation);
  }

  /**
   * How many windows lie in an axis whole.
   *
   * @throws TypeMismatch if none does
   */
  public static int count(int length, int size, int stride, int dilation) {
    int extent = dilation * (size - 1) + 1;
    if (extent > length) {
      String reach = dilation == 1 ? "" : " reaches over " + extent + " places and";
      throw new TypeMismatch(
          "a window of " + size + reach + " does not fit into an axis of " + length,
          "a window must not be larger than what it moves over; pad it, or take a smaller one");
    }
    return (length - extent) / stride + 1;
  }

  @Override
  public Type type(List<Type> inputs) {
    Shape shape = inputs.get(0).shape();
    int length = shape.axis(axis);
    if (length < 0) {
      throw new TypeMismatch(
          "windows cannot be taken along an axis of " + Shape.text(length),
          "how many places it has is not known while compiling");
    }
    int windows = count(length, shape.axis(within), stride, dilation);
    return new Type(shape.with(axis, windows), inputs.get(0).element(), inputs.get(0).classes());
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Shape shape = equation.input(0).shape();
    String how = shape.axis(within) + lie(stride, dilation);
    return call(Expression.Called.WINDOWS, axis, within, inputs.get(0), shape, how)
        .windows(
            Axes.of(shape).get(axis),
            Axes.of(shape).get(within),
            shape.axis(within),
            stride,
            dilation);
  }

  /**
   * {@code windowsᵢⱼ(x, 3 every 2)}: the axis, and that of a window's places, stand at the name.
   */
  static Expression.Call call(
      Expression.Called word, int axis, int within, Expression value, Shape shape, String how) {
    List<String> letters = Axes.of(shape);
    List<String> over = List.of(letters.get(axis), letters.get(within));
    Expression moved = value.axes().contains(over.get(0)) ? value : value.whole(shape);
    List<String> axes =
        letters.stream().filter(l -> over.contains(l) || moved.axes().contains(l)).toList();
    return new Expression.Call(word, over, moved, how, axes);
  }

  /** How windows lie, if not side by side: {@code every 2 spaced 3}. */
  static String lie(int stride, int dilation) {
    return (stride == 1 ? "" : " every " + stride) + (dilation == 1 ? "" : " spaced " + dilation);
  }

  /** Windows along time are time, too. */
  @Override
  public List<List<Axis>> sameAxes(Equation equation) {
    return Axis.all(equation.input(0), equation.out());
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    List<Index> source = new ArrayList<>(at);
    source.set(axis, at.get(axis).times(stride).plus(at.get(within).times(dilation)));
    return new Scalar.Load(inputs.get(0), source);
  }

  @Override
  public Var gradient(int input, Backward back) {
    int length = back.x().shape().axis(axis);
    return back.apply(new FromWindows(axis, within, stride, dilation, length), back.d());
  }

  /** Windows of one place, side by side, are the axis itself. */
  @Override
  public Optional<Var> simplify(Rewrite rewrite) {
    return stride == 1 && rewrite.x(0).shape().axis(within) == 1
        ? Optional.of(rewrite.x(0))
        : Optional.empty();
  }
}
