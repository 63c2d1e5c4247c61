package dev.peephole.op;

import dev.peephole.ir.Axis;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Rewrite;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.List;
import java.util.Optional;

/** The value itself, through which no gradient flows because the model says so. */
public record StopGradient() implements Op.View {

  @Override
  public String name() {
    return "stop_gradient";
  }

  @Override
  public Type type(List<Type> inputs) {
    return inputs.get(0);
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    return Expression.call(Expression.Called.STOP_GRADIENT, inputs.get(0), inputs.get(0).axes());
  }

  @Override
  public boolean stopsGradient() {
    return true;
  }

  /** Once the gradients are there, it is nothing but its input. */
  @Override
  public Optional<Var> simplify(Rewrite rewrite) {
    return Optional.of(rewrite.x(0));
  }

  @Override
  public List<List<Axis>> sameAxes(Equation equation) {
    return Axis.all(equation.input(0), equation.out());
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }
}
