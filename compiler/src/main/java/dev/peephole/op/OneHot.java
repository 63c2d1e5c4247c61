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
import java.util.List;

/** Labels become rows that are 1 at the label and 0 elsewhere. */
public record OneHot() implements Op.Pointwise {

  @Override
  public String name() {
    return "one_hot";
  }

  @Override
  public Type type(List<Type> inputs) {
    Type input = inputs.get(0);
    if (input.classes() == 0) {
      throw new TypeMismatch("labels are wanted here", "this is " + input.describe());
    }
    return Type.real(input.shape().append(Shape.of(input.classes())));
  }

  @Override
  public Range range(Ranging ranging) {
    return Range.TRUTH;
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    return Expression.call(
        Expression.Called.ONE_HOT, inputs.get(0), Axes.of(equation.out().shape()));
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    int last = at.size() - 1;
    Scalar label = new Scalar.Load(inputs.get(0), at.subList(0, last));
    return new Scalar.WhereSame(
        at.get(last), Index.label(label), Scalar.number(1), Scalar.number(0));
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }
}
