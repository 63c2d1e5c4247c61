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
import dev.peephole.ir.Var;
import dev.peephole.runtime.kernel.Mode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What all threads of a step have of a value, each from its share of the batch, joined: an
 * all-reduce. Of a thread that has the whole batch it is the value itself.
 */
public record JoinShares(Joined joined) implements Op.Routine {

  /** How shares are joined. */
  public enum Joined {
    /** The numbers of all shares added up. */
    SUM,
    /** The greatest of them. */
    MAX;

    /** The runtime's method. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String name() {
    return "join_shares";
  }

  @Override
  public String describe() {
    return joined + " of all shares of the batch";
  }

  @Override
  public String hint(List<Var> inputs) {
    Var of = inputs.get(0);
    String name = of.named() ? of.name() : of.hint();
    return name.isEmpty() ? "whole" : "whole_" + name;
  }

  @Override
  public Type type(List<Type> inputs) {
    inputs.get(0).requireNumbers();
    return inputs.get(0);
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
  public List<List<Axis>> sameAxes(Equation equation) {
    List<Integer> all = IntStream.range(0, equation.out().shape().rank()).boxed().toList();
    return Axis.pairs(equation.input(0), all, equation.out(), all);
  }

  @Override
  public Optional<String> nondifferentiable() {
    return Optional.of("shares are joined when the gradients are there");
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }

  @Override
  public double[] reference(List<double[]> inputs, List<Shape> shapes, Shape result, Mode mode) {
    return inputs.get(0).clone();
  }
}
