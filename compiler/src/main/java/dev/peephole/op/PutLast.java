package dev.peephole.op;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;

/** Puts a value where each example's own sequence ends along a new open axis, among zeros. */
public record PutLast(int axis) implements Op.Pointwise {

  @Override
  public String name() {
    return "put_last";
  }

  @Override
  public String describe() {
    return "put last of axis " + axis;
  }

  @Override
  public Type type(List<Type> inputs) {
    inputs.get(0).requireNumbers();
    Within.requireLengths(inputs.get(1));
    List<Integer> axes = new ArrayList<>(inputs.get(0).shape().axes());
    axes.add(axis, Shape.OPEN);
    return Type.real(new Shape(axes));
  }

  @Override
  public Formula formula(List<Formula> inputs) {
    String end = "t = " + inputs.get(1).text() + " − 1";
    return new Formula(inputs.get(0).within(1) + " if " + end + " else 0", Formula.LOOSEST, false);
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    List<Index> source = new ArrayList<>(at);
    Index here = source.remove(axis);
    return new Scalar.WhereSame(
        here,
        Last.place(at, inputs.get(1)),
        new Scalar.Load(inputs.get(0), source),
        Scalar.number(0));
  }

  @Override
  public Var gradient(int input, Backward back) {
    return input == 0 ? back.apply(new Last(axis), back.d(), back.x(1)) : null;
  }
}
