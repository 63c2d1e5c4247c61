package dev.peephole.op;

import dev.peephole.ir.Axes;
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
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a table that labels point at: {@code W[word]} of {@code W: [classes, n]} is {@code
 * [N, T, n]} for the words {@code [N, T]}.
 */
public record Gather() implements Op.Pointwise {

  @Override
  public String name() {
    return "gather";
  }

  @Override
  public Type type(List<Type> inputs) {
    Type table = inputs.get(0);
    Type label = inputs.get(1);
    table.requireNumbers();
    if (table.shape().rank() == 0 || label.classes() != table.shape().axis(0)) {
      throw new TypeMismatch(
          "a label out of " + label.classes() + " cannot point at a row of " + table.describe(),
          "the table must have as many rows as there are classes");
    }
    return Type.real(label.shape().append(row(table.shape())));
  }

  private static Shape row(Shape table) {
    return table.last(table.rank() - 1);
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Shape table = equation.input(0).shape();
    Shape label = equation.input(1).shape();
    List<String> all = Axes.of(equation.out().shape());
    Expression row = Letters.renamed(inputs.get(1), Axes.of(label), all.subList(0, label.rank()));
    return new Expression.At(inputs.get(0).whole(table), 0, row).along(all);
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    int labelled = inputs.get(1).shape().rank();
    Scalar label = new Scalar.Load(inputs.get(1), at.subList(0, labelled));
    List<Index> from = new ArrayList<>(List.of(Index.label(label)));
    from.addAll(at.subList(labelled, at.size()));
    return new Scalar.Load(inputs.get(0), from);
  }

  /** One table for the labels of all time steps. */
  @Override
  public Optional<Op> lifted(int length, List<Boolean> varying) {
    return varying.get(0) ? Optional.empty() : Optional.of(this);
  }

  @Override
  public Var gradient(int input, Backward back) {
    int classes = back.x(1).classes();
    return input == 1 ? null : back.apply(new ScatterAdd(classes), back.d(), back.x(1));
  }
}
