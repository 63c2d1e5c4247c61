package dev.peephole.op;

import dev.peephole.ir.Axes;
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
    PaddingMask.requireLengths(inputs.get(1));
    List<Integer> axes = new ArrayList<>(inputs.get(0).shape().axes());
    axes.add(axis, Shape.OPEN);
    return Type.real(new Shape(axes));
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0).join(Range.of(0));
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    List<String> axes = Axes.of(equation.out().shape());
    Shape before = equation.input(0).shape();
    List<Integer> places = equation.out().shape().others(List.of(axis));
    Expression value =
        Letters.renamed(inputs.get(0), Axes.of(before), places.stream().map(axes::get).toList());
    String letter = axes.get(axis);
    Expression time = new Expression.Symbol(letter, List.of(letter));
    return Notation.form("{0} if {1} = {2} else 0", Formula.LOOSEST, 4, 2, 2)
        .formula(List.of(value, time, Last.end(inputs.get(1))));
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
