package dev.peephole.op;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Rewrite;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.List;
import java.util.Optional;

/** The greatest number along some axes; equal ones share the gradient. */
public record ReduceMax(List<Integer> axes) implements Op.Reduction {
  public ReduceMax {
    axes = List.copyOf(axes);
  }

  @Override
  public String name() {
    return "reduce_max";
  }

  @Override
  public String hint(List<Var> inputs) {
    return inputs.get(0).named() ? "max_" + inputs.get(0).name() : "peak";
  }

  @Override
  public String joined() {
    return "greatest";
  }

  @Override
  public String describe() {
    return "reduce_max over " + axes;
  }

  @Override
  public Type type(List<Type> inputs) {
    inputs.get(0).requireNumbers();
    return Type.real(inputs.get(0).shape().without(axes));
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0).with(Range.Spread.SOME);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Shape shape = equation.input(0).shape();
    Expression body = inputs.get(0);
    List<String> over =
        axes.stream().map(Axes.of(shape)::get).filter(body.axes()::contains).toList();
    Expression greatest = over.isEmpty() ? body : new Expression.Max(over, body);
    return Letters.from(greatest, shape, axes, equation.out().shape());
  }

  @Override
  public double start() {
    return Double.NEGATIVE_INFINITY;
  }

  @Override
  public Scalar join(Scalar sofar, Scalar next) {
    return new Scalar.Apply(Elementwise.MAX, List.of(sofar, next));
  }

  @Override
  public Optional<Var> simplify(Rewrite rewrite) {
    return Transpose.reduced(rewrite, axes, ReduceMax::new);
  }

  @Override
  public Var gradient(int input, Backward back) {
    Shape shape = back.x().shape();
    List<Integer> kept = shape.others(axes);
    Var top = Broadcast.to(back.builder(), back.y(), shape, kept);
    Var is = back.apply(Elementwise.EQUAL, back.x(), top);
    Var one = Term.constant(back.builder(), 1, shape);
    Var zero = Term.constant(back.builder(), 0, shape);
    Var share = back.apply(Elementwise.WHERE, is, one, zero);
    Var each = back.apply(Elementwise.DIVIDE, back.d(), back.apply(new Sum(axes), share));
    Var spread = Broadcast.to(back.builder(), each, shape, kept);
    return back.apply(Elementwise.WHERE, is, spread, zero);
  }
}
