package dev.peephole.op;

import static java.lang.Double.POSITIVE_INFINITY;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Axis;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Rewrite;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.runtime.kernel.Mode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The product of two matrices.
 *
 * <p>The first {@code shared} axes are the same on both sides and in the result, one product for
 * each place. Of the rest, the last axis of a side is its columns and all others together are its
 * rows, so that a matrix meets all examples of a batch in one product:
 *
 * <pre>
 * PLAIN             [rows…, k] · [k, m]      = [rows…, m]
 * LEFT_TRANSPOSED   [rows…, k]ᵀ · [rows…, m] = [k, m]
 * RIGHT_TRANSPOSED  [rows…, k] · [m, k]ᵀ     = [rows…, m]
 * </pre>
 */
public record Matmul(Form form, int shared) implements Op.Routine {

  /** Which side is transposed. */
  public enum Form {
    PLAIN,
    LEFT_TRANSPOSED,
    RIGHT_TRANSPOSED
  }

  @Override
  public String name() {
    return switch (form) {
      case PLAIN -> "matmul";
      case LEFT_TRANSPOSED -> "matmul_left_transposed";
      case RIGHT_TRANSPOSED -> "matmul_right_transposed";
    };
  }

  @Override
  public String describe() {
    return shared == 0 ? name() : name() + " for each of " + shared + " axes";
  }

  @Override
  public Type type(List<Type> inputs) {
    Shape left = inputs.get(0).shape();
    Shape right = inputs.get(1).shape();
    inputs.forEach(Type::requireNumbers);
    require(
        left.rank() > shared && right.rank() > shared, left, right, "a scalar has no inner axis");
    require(
        left.first(shared).equals(right.first(shared)), left, right, "the outer axes must agree");
    Shape outer = left.first(shared);
    Shape rows = left.last(left.rank() - shared);
    Shape other = right.last(right.rank() - shared);
    int inner = rows.axis(rows.rank() - 1);
    int columns = other.axis(other.rank() - 1);
    return Type.real(
        outer.append(
            switch (form) {
              case PLAIN -> {
                agree(other.rank() == 2, inner, other.axis(0), left, right);
                yield rows.first(rows.rank() - 1).append(Shape.of(columns));
              }
              case RIGHT_TRANSPOSED -> {
                agree(other.rank() == 2, inner, columns, left, right);
                yield rows.first(rows.rank() - 1).append(Shape.of(other.axis(0)));
              }
              case LEFT_TRANSPOSED -> {
                Shape outerRows = rows.first(rows.rank() - 1);
                require(
                    outerRows.equals(other.first(other.rank() - 1)),
                    left,
                    right,
                    "the rows differ");
                yield Shape.of(inner, columns);
              }
            }));
  }

  private static void agree(boolean matrix, int inner, int other, Shape left, Shape right) {
    require(matrix, left, right, "the right side must be a matrix");
    require(
        inner == other,
        left,
        right,
        "the inner axes must agree, and " + Shape.text(inner) + " is not " + Shape.text(other));
  }

  private static void require(boolean holds, Shape left, Shape right, String reason) {
    if (!holds) {
      throw new TypeMismatch("these shapes cannot be multiplied", reason);
    }
  }

  @Override
  public String hint(List<Var> inputs) {
    return inputs.stream().allMatch(Var::named)
        ? inputs.get(0).name() + inputs.get(1).name()
        : "product";
  }

  @Override
  public Range range(Ranging ranging) {
    Shape inner = extent(ranging.var(0).shape(), ranging.var(1).shape()).inner;
    Range each = ranging.x(0).times(ranging.x(1));
    return each.total(inner.size(), inner.fixed() ? inner.size() : POSITIVE_INFINITY)
        .with(each.spread());
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Shape result = equation.out().shape();
    List<String> axes = Axes.of(result);
    Expression left = inputs.get(0).whole(equation.input(0).shape());
    boolean rows = form != Form.LEFT_TRANSPOSED && left.axes().size() > axes.size();
    return new Expression.MatrixProduct(
        left,
        form == Form.LEFT_TRANSPOSED,
        inputs.get(1).whole(equation.input(1).shape()),
        form == Form.RIGHT_TRANSPOSED,
        axes.subList(0, shared),
        rows ? left.axes() : axes);
  }

  /** One product for all time steps, whose rows are those of each. */
  @Override
  public Optional<Op> lifted(int length, List<Boolean> varying) {
    boolean rowsOnly = varying.get(0) && !varying.get(1);
    return rowsOnly && shared == 0 && form != Form.LEFT_TRANSPOSED
        ? Optional.of(this)
        : Optional.empty();
  }

  /** A product with one-hot rows picks rows of the other side, or adds them up. */
  @Override
  public Optional<Var> simplify(Rewrite rewrite) {
    Var other = rewrite.x(1);
    return shared > 0 || form == Form.RIGHT_TRANSPOSED
        ? Optional.empty()
        : rewrite
            .definition(rewrite.x(0), OneHot.class)
            .map(hot -> hot.input(0))
            .map(
                label ->
                    form == Form.PLAIN
                        ? rewrite.apply(new Gather(), other, label)
                        : rewrite.apply(new ScatterAdd(label.classes()), other, label));
  }

  /** A row of one side and a column of the other meet number by number. */
  @Override
  public List<List<Axis>> sameAxes(Equation equation) {
    Var left = equation.input(0);
    Var right = equation.input(1);
    Var out = equation.out();
    Outer rows = outer(0, left.shape(), out.shape());
    Outer columns = outer(1, right.shape(), out.shape());
    List<Integer> inLeft = left.shape().others(rows.side);
    List<Integer> inRight = right.shape().others(columns.side);
    return Stream.of(
            Axis.pairs(left, rows.side, out, rows.result),
            Axis.pairs(right, columns.side, out, columns.result),
            Axis.pairs(left, inLeft, right, inRight))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Var gradient(int input, Backward back) {
    Var a = back.x(0);
    Var b = back.x(1);
    Var d = back.d();
    boolean left = input == 0;
    return switch (form) {
      case PLAIN ->
          left
              ? product(back, Form.RIGHT_TRANSPOSED, d, b)
              : product(back, Form.LEFT_TRANSPOSED, a, d);
      case LEFT_TRANSPOSED ->
          left ? product(back, Form.RIGHT_TRANSPOSED, b, d) : product(back, Form.PLAIN, a, d);
      case RIGHT_TRANSPOSED ->
          left ? product(back, Form.PLAIN, d, b) : product(back, Form.LEFT_TRANSPOSED, d, a);
    };
  }

  private Var product(Backward back, Form other, Var left, Var right) {
    return back.apply(new Matmul(other, shared), left, right);
  }

  /**
   * The axes that a side and the result have in common; along the others of a side is summed.
   *
   * @param side which they are in the side, ascending
   * @param result which they are in the result, in the same order
   */
  public record Outer(List<Integer> side, List<Integer> result) {}

  /** The axes that the left or the right side, 0 or 1, has in common with the result. */
  public Outer outer(int side, Shape shape, Shape result) {
    int last = shape.rank() - 1;
    if (form == Form.LEFT_TRANSPOSED) {
      return outer(List.of(last), shared + side);
    } else if (side == 1) {
      return outer(List.of(form == Form.PLAIN ? last : shared), result.rank() - 1);
    }
    return outer(IntStream.range(shared, last).boxed().toList(), shared);
  }

  private Outer outer(List<Integer> own, int first) {
    List<Integer> front = IntStream.range(0, shared).boxed().toList();
    List<Integer> there = IntStream.range(first, first + own.size()).boxed().toList();
    return new Outer(joined(front, own), joined(front, there));
  }

  private static List<Integer> joined(List<Integer> front, List<Integer> rest) {
    return Stream.concat(front.stream(), rest.stream()).toList();
  }

  /**
   * The axes of one of the products; as many numbers as their product are along each.
   *
   * @param count one place for each product
   * @param rows the rows of the result
   * @param inner the numbers that each result is a sum of
   * @param columns the columns of the result
   */
  public record Extent(Shape count, Shape rows, Shape inner, Shape columns) {}

  /** The axes of a product of these shapes. */
  public Extent extent(Shape left, Shape right) {
    Shape count = left.first(shared);
    Shape a = left.last(left.rank() - shared);
    Shape b = right.last(right.rank() - shared);
    Shape rows = a.first(a.rank() - 1);
    return switch (form) {
      case PLAIN -> new Extent(count, rows, a.last(1), b.last(1));
      case RIGHT_TRANSPOSED -> new Extent(count, rows, a.last(1), b.first(1));
      case LEFT_TRANSPOSED -> new Extent(count, a.last(1), rows, b.last(1));
    };
  }

  @Override
  public double[] reference(List<double[]> inputs, List<Shape> shapes, Shape result, Mode mode) {
    Extent extent = extent(shapes.get(0), shapes.get(1));
    int count = extent.count.size();
    int rows = extent.rows.size();
    int inner = extent.inner.size();
    int columns = extent.columns.size();
    double[] a = inputs.get(0);
    double[] b = inputs.get(1);
    int each = rows * columns;
    double[] c = new double[count * each];
    for (int p = 0; p < count; p++) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          double sum = 0;
          for (int k = 0; k < inner; k++) {
            int left =
                p * rows * inner + (form == Form.LEFT_TRANSPOSED ? k * rows + i : i * inner + k);
            int right =
                p * inner * columns
                    + (form == Form.RIGHT_TRANSPOSED ? j * inner + k : k * columns + j);
            sum += a[left] * b[right];
          }
          c[p * each + i * columns + j] = sum;
        }
      }
    }
    return c;
  }
}
