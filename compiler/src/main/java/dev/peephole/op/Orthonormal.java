package dev.peephole.op;

import dev.peephole.ir.Axis;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.runtime.kernel.Matrix;
import dev.peephole.runtime.kernel.Mode;
import java.util.List;
import java.util.Optional;

/**
 * A matrix with orthonormal columns (or rows, if there are fewer) that spans what the input does.
 */
public record Orthonormal() implements Op.Routine {

  @Override
  public String name() {
    return "orthonormal";
  }

  @Override
  public Type type(List<Type> inputs) {
    Shape shape = inputs.get(0).shape();
    if (shape.rank() != 2 || shape.batched()) {
      throw new TypeMismatch("orthonormal takes a matrix", "this is " + shape);
    }
    return inputs.get(0);
  }

  /** The squares along a row or a column add up to 1. */
  @Override
  public Range range(Ranging ranging) {
    return Range.closed(-1, 1);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Expression matrix = inputs.get(0).whole(equation.input(0).shape());
    return Expression.call(Expression.Called.ORTHONORMAL, matrix, matrix.axes());
  }

  @Override
  public List<List<Axis>> sameAxes(Equation equation) {
    return Axis.all(equation.input(0), equation.out());
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }

  @Override
  public Optional<String> nondifferentiable() {
    return Optional.of("it is meant for initial parameters and has no derivative here");
  }

  @Override
  public boolean worksInPlace() {
    return true;
  }

  @Override
  public double[] reference(List<double[]> inputs, List<Shape> shapes, Shape result, Mode mode) {
    double[] out = new double[result.size()];
    Matrix.orthonormal(inputs.get(0), out, result.axis(0), result.axis(1));
    return out;
  }
}
