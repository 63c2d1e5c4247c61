package dev.peephole.op;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.List;

/** The lengths of the examples as numbers to compute with. */
public record SequenceLength() implements Op.Pointwise {

  @Override
  public String name() {
    return "sequence_length";
  }

  @Override
  public Type type(List<Type> inputs) {
    PaddingMask.requireLengths(inputs.get(0));
    return Type.real(inputs.get(0).shape());
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    return inputs.get(0);
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    return new Scalar.Load(inputs.get(0), at);
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }
}
