package dev.peephole.ir;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a simplification rule has at hand.
 *
 * @param builder takes new equations
 * @param definitions the equation that computes a value, {@code null} for an input
 * @param named whether a value has a name that a reader knows
 * @param op the op to simplify
 * @param inputs what it is applied to, simplified already
 * @param type the type of its result
 */
public record Rewrite(
    Builder builder,
    Function<Var, Equation> definitions,
    Predicate<Var> named,
    Op op,
    List<Var> inputs,
    Type type) {

  public Var x(int index) {
    return inputs.get(index);
  }

  public Var apply(Op newOp, Var... newInputs) {
    return builder.apply(newOp, newInputs);
  }

  /** The equation that computes a value by an op of this class, if one does. */
  public Optional<Equation> definition(Var var, Class<? extends Op> sort) {
    Equation equation = definitions.apply(var);
    return equation != null && sort.isInstance(equation.op())
        ? Optional.of(equation)
        : Optional.empty();
  }
}
