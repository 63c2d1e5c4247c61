package dev.peephole.op;

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
import dev.peephole.ir.Var;
import java.util.List;

/** The number of examples in the batch. */
public record BatchSize() implements Op.Pointwise {

  @Override
  public String name() {
    return "batch_size";
  }

  @Override
  public Type type(List<Type> inputs) {
    return Type.real(Shape.SCALAR);
  }

  @Override
  public Range range(Ranging ranging) {
    return Range.from(1);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    return new Expression.Symbol("N", List.of());
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    return new Scalar.BatchSize();
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }
}
