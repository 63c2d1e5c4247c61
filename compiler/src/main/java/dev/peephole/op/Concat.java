package dev.peephole.op;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Index;
import dev.peephole.ir.Misfit;
import dev.peephole.ir.Op;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;

/** Two values side by side along one axis. */
public record Concat(int axis) implements Op.Pointwise {

  @Override
  public String name() {
    return "concat";
  }

  @Override
  public String describe() {
    return "concat along " + axis;
  }

  @Override
  public Type type(List<Type> inputs) {
    inputs.forEach(Type::requireNumbers);
    Shape left = inputs.get(0).shape();
    Shape right = inputs.get(1).shape();
    if (left.rank() != right.rank()
        || !left.without(List.of(axis)).equals(right.without(List.of(axis)))) {
      throw new Misfit(
          left.example() + " and " + right.example() + " cannot stand side by side",
          "the other axes must be the same");
    }
    if (left.axis(axis) == Shape.OPEN || right.axis(axis) == Shape.OPEN) {
      throw new Misfit(
          left.example() + " and " + right.example() + " cannot stand side by side",
          "what is put behind an open axis would come after its padding");
    }
    return Type.real(left.with(axis, left.axis(axis) + right.axis(axis)));
  }

  @Override
  public Formula formula(List<Formula> inputs) {
    return Formula.atom("[" + inputs.get(0).text() + "; " + inputs.get(1).text() + "]", false);
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    int middle = inputs.get(0).shape().axis(axis);
    List<Index> right = new ArrayList<>(at);
    right.set(axis, at.get(axis).shifted(-middle));
    return new Scalar.WhereWithin(
        at.get(axis),
        0,
        middle,
        new Scalar.Load(inputs.get(0), at),
        new Scalar.Load(inputs.get(1), right));
  }

  @Override
  public Var gradient(int input, Backward back) {
    int middle = back.x(0).shape().axis(axis);
    int end = back.y().shape().axis(axis);
    return back.apply(
        input == 0 ? new Slice(axis, 0, middle) : new Slice(axis, middle, end), back.d());
  }
}
