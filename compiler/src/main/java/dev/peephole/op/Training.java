package dev.peephole.op;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.List;

/** True in a step of training, false in evaluation. */
public record Training() implements Op.Pointwise {

  @Override
  public String name() {
    return "training";
  }

  @Override
  public Type type(List<Type> inputs) {
    return Type.truth(Shape.SCALAR);
  }

  @Override
  public Range range(Ranging ranging) {
    return Range.TRUTH;
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    return new Expression.Literal("training", Formula.ATOM);
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    return new Scalar.Training();
  }

  @Override
  public boolean dependsOnMode() {
    return true;
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }
}
