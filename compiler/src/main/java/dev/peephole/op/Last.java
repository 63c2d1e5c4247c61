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
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;

/** The last place along an open axis that each example's own sequence reaches. */
public record Last(int axis) implements Op.Pointwise {

  @Override
  public String name() {
    return "last";
  }

  @Override
  public String describe() {
    return "last of axis " + axis;
  }

  @Override
  public Type type(List<Type> inputs) {
    Type input = inputs.get(0);
    PaddingMask.requireLengths(inputs.get(1));
    if (input.shape().axis(axis) != Shape.OPEN || input.shape().axis(0) != Shape.BATCH) {
      throw new TypeMismatch("axis " + axis + " of " + input + " has one length", "it is not open");
    }
    return new Type(input.shape().without(List.of(axis)), input.element(), input.classes());
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Shape from = equation.input(0).shape();
    Expression sequence = inputs.get(0);
    int position = sequence.axes().indexOf(Axes.of(from).get(axis));
    return position < 0
        ? sequence
        : new Expression.At(sequence, position, end(inputs.get(1)))
            .along(Letters.rest(sequence.axes(), from, List.of(axis), equation.out().shape()));
  }

  /** Where an example's own sequence ends. */
  static Expression end(Expression lengths) {
    return Notation.infix("−", Formula.SUM)
        .formula(List.of(lengths, Expression.number("1", false)));
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    List<Index> source = new ArrayList<>(at);
    source.add(axis, place(at, inputs.get(1)));
    return new Scalar.Load(inputs.get(0), source);
  }

  /** Where an example's own sequence ends. */
  static Index place(List<Index> at, Var lengths) {
    return Index.label(new Scalar.Load(lengths, at.subList(0, 1))).shifted(-1);
  }

  @Override
  public Var gradient(int input, Backward back) {
    return input == 0 ? back.apply(new PutLast(axis), back.d(), back.x(1)) : null;
  }
}
