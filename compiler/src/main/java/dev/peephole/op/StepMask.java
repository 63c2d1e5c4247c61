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
import java.util.Optional;

/**
 * Which examples' own sequences reach the time step that a recurrence is at, given the lengths of
 * the examples: t &lt; length. The states of the others stay as they are.
 */
public record StepMask() implements Op.Pointwise {

  @Override
  public String name() {
    return "step_mask";
  }

  @Override
  public Type type(List<Type> inputs) {
    PaddingMask.requireLengths(inputs.get(0));
    return Type.truth(inputs.get(0).shape());
  }

  @Override
  public boolean timed() {
    return true;
  }

  @Override
  public Range range(Ranging ranging) {
    return Range.TRUTH;
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    return PaddingMask.isReached(new Expression.Symbol("t", List.of()), inputs.get(0));
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    return new Scalar.Before(Index.of(new Index.Time()), new Scalar.Load(inputs.get(0), at));
  }

  @Override
  public Optional<String> nondifferentiable() {
    return Optional.of("a comparison is true or false, not a number");
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }
}
