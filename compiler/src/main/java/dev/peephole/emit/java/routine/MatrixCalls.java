package dev.peephole.emit.java.routine;

import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.KernelLoops;
import dev.peephole.emit.Lowering;
import dev.peephole.emit.RowStarts;
import dev.peephole.emit.Scope;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Statement;
import dev.peephole.op.Matmul;
import dev.peephole.op.ScatterAdd;
import dev.peephole.runtime.kernel.MatrixNotation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Writes products of matrices as formulas have them, each matrix with its shape.
 *
 * <pre>
 * // dW1 = xᵀ · dz
 * multiply(transposed(matrix(x, N, 2)), matrix(dz, N, 8), matrix(dW1, 2, 8));
 * </pre>
 */
record MatrixCalls(Identifiers identifiers, Lowering numbers) {

  /** The products of an equation, in loops over the axes for each of whose places there is one. */
  List<Statement> product(Equation equation, Matmul op, Scope outer) {
    Var a = equation.input(0);
    Var b = equation.input(1);
    Matmul.Extent sizes = op.extent(a.shape(), b.shape());
    Scope scope = identifiers.over(sizes.count(), outer);
    Place place = new Place(sizes.count(), scope);
    Statement product =
        multiply(
            op.form() == Matmul.Form.LEFT_TRANSPOSED
                ? transposed(place.matrix(a, sizes.inner(), sizes.rows()))
                : place.matrix(a, sizes.rows(), sizes.inner()),
            op.form() == Matmul.Form.RIGHT_TRANSPOSED
                ? transposed(place.matrix(b, sizes.columns(), sizes.inner()))
                : place.matrix(b, sizes.inner(), sizes.columns()),
            place.matrix(equation.out(), sizes.rows(), sizes.columns()));
    List<Integer> axes = Extents.loopedOver(sizes.count());
    return KernelLoops.overAxes(
        scope, sizes.count(), axes, RowStarts.Starts.ZERO, List.of(product));
  }

  /** A product with rows that are one-hot. */
  Statement sums(Equation equation, ScatterAdd op, Scope scope) {
    Var rows = equation.input(0);
    Var labels = equation.input(1);
    Place place = new Place(Shape.SCALAR, scope);
    Shape row = ScatterAdd.row(rows.shape(), labels.shape());
    Expr hot = place.call("oneHot", labels, labels.shape(), Shape.of(op.classes()));
    return multiply(
        transposed(hot),
        place.matrix(rows, labels.shape(), row),
        place.matrix(equation.out(), Shape.of(op.classes()), row));
  }

  /** A matrix that becomes orthonormal in its place. */
  Statement orthonormal(Var matrix) {
    Place place = new Place(Shape.SCALAR, Scope.OUTSIDE);
    Shape shape = matrix.shape();
    Expr argument = place.matrix(matrix, shape.first(1), shape.last(1));
    return new Statement.Perform(call("orthonormalize", argument));
  }

  private static Statement multiply(Expr a, Expr b, Expr c) {
    return new Statement.Perform(call("multiply", a, b, c));
  }

  private static Expr transposed(Expr matrix) {
    return call("transposed", matrix);
  }

  private static Expr call(String function, Expr... arguments) {
    return new Expr.Call(MatrixNotation.class.getSimpleName(), function, List.of(arguments));
  }

  /** Which matrices of the values are meant: at a place of some axes, at a time step. */
  private final class Place {
    private final Shape count;
    private final Scope scope;

    Place(Shape count, Scope scope) {
      this.count = count;
      this.scope = scope;
    }

    Expr matrix(Var var, Shape rows, Shape columns) {
      return call("matrix", var, rows, columns);
    }

    Expr call(String function, Var var, Shape rows, Shape columns) {
      List<Expr> arguments = new ArrayList<>(List.of(numbers.array(var)));
      Expr number = number(var);
      if (!number.is(0)) {
        arguments.add(number);
      }
      Collections.addAll(arguments, Extents.product(rows), Extents.product(columns));
      return MatrixCalls.call(function, arguments.toArray(new Expr[0]));
    }

    /** How many matrices of the value are before this one. */
    private Expr number(Var var) {
      Expr number = numbers.start(var, scope).is(0) ? Expr.whole(0) : scope.time().orElseThrow();
      for (int axis = 0; axis < count.rank(); axis++) {
        boolean single = count.axis(axis) == 1;
        Expr position = single ? Expr.whole(0) : Expr.position(scope.positions().get(axis));
        number = number.times(Extents.length(count.axis(axis))).plus(position);
      }
      return number;
    }
  }
}
