package dev.peephole.op;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Axis;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.runtime.kernel.Mode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sums rows by their labels, one after another: row {@code k} of the result is the sum of the rows
 * whose label is {@code k}. It is what a {@link Gather} makes of a gradient.
 *
 * @param classes how many rows come out
 */
public record ScatterAdd(int classes) implements Op.Routine {

  @Override
  public String name() {
    return "scatter_add";
  }

  @Override
  public String hint(List<Var> inputs) {
    return "sums";
  }

  @Override
  public Type type(List<Type> inputs) {
    Type rows = inputs.get(0);
    Type label = inputs.get(1);
    rows.requireNumbers();
    int labelled = label.shape().rank();
    if (label.classes() != classes) {
      throw new TypeMismatch(
          "labels out of " + label.classes() + " cannot number " + classes + " rows",
          "each class has a row of its own");
    }
    if (rows.shape().rank() < labelled || !rows.shape().first(labelled).equals(label.shape())) {
      throw new TypeMismatch(
          "labels " + label.shape().example() + " cannot number the rows of " + rows.describe(),
          "each row has a label");
    }
    return Type.real(Shape.of(classes).append(row(rows.shape(), label.shape())));
  }

  /** A class may have any number of rows. */
  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0).total(0, Double.POSITIVE_INFINITY);
  }

  /** What is one row in rows with these labels. */
  public static Shape row(Shape rows, Shape labels) {
    return rows.last(rows.rank() - labels.rank());
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Var label = equation.input(1);
    List<String> rows = Axes.of(label.shape().append(Shape.of(classes)));
    Expression hot = Expression.call(Expression.Called.ONE_HOT, inputs.get(1), rows);
    Expression added = inputs.get(0).whole(equation.input(0).shape());
    return new Expression.MatrixProduct(
        hot, true, added, false, List.of(), Axes.of(equation.out().shape()));
  }

  @Override
  public List<List<Axis>> sameAxes(Equation equation) {
    Var rows = equation.input(0);
    Var label = equation.input(1);
    int labelled = label.shape().rank();
    List<Integer> outer = IntStream.range(0, labelled).boxed().toList();
    List<Integer> own = rows.shape().others(outer);
    List<Integer> sums = own.stream().map(axis -> axis - labelled + 1).toList();
    return Stream.concat(
            Axis.pairs(rows, outer, label, outer).stream(),
            Axis.pairs(rows, own, equation.out(), sums).stream())
        .toList();
  }

  @Override
  public Var gradient(int input, Backward back) {
    return input == 1 ? null : back.apply(new Gather(), back.d(), back.x(1));
  }

  @Override
  public double[] reference(List<double[]> inputs, List<Shape> shapes, Shape result, Mode mode) {
    double[] sums = new double[result.size()];
    double[] labels = inputs.get(1);
    int width = result.size() / classes;
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < width; j++) {
        sums[(int) labels[i] * width + j] += inputs.get(0)[i * width + j];
      }
    }
    return sums;
  }
}
