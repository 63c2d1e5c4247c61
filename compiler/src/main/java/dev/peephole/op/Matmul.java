package dev.peephole.op;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Misfit;
import dev.peephole.ir.Op;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.runtime.kernel.Mode;
import java.util.List;
import java.util.Optional;

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
        "the inner axes must agree, and " + inner + " is not " + other);
  }

  private static void require(boolean holds, Shape left, Shape right, String reason) {
    if (!holds) {
      throw new Misfit("these shapes cannot be multiplied", reason);
    }
  }

  @Override
  public String hint(List<Var> inputs) {
    return inputs.stream().allMatch(Var::named)
        ? inputs.get(0).name() + inputs.get(1).name()
        : "product";
  }

  @Override
  public Formula formula(List<Formula> inputs) {
    String left = inputs.get(0).within(Formula.ATOM);
    String right = inputs.get(1).within(Formula.ATOM);
    return new Formula(
        switch (form) {
          case PLAIN -> left + " · " + right;
          case LEFT_TRANSPOSED -> left + "ᵀ · " + right;
          case RIGHT_TRANSPOSED -> left + " · " + right + "ᵀ";
        },
        Formula.PRODUCT,
        false);
  }

  /** One product for all time steps, whose rows are those of each. */
  @Override
  public Optional<Op> lifted(int length, List<Boolean> varying) {
    boolean rowsOnly = varying.get(0) && !varying.get(1);
    return rowsOnly && shared == 0 && form != Form.LEFT_TRANSPOSED
        ? Optional.of(this)
        : Optional.empty();
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
   * The sizes of one of the products.
   *
   * @param count how many products there are, the batch axis as 1
   * @param rows the rows of the result, the batch axis as 1
   * @param inner the numbers that each result is a sum of, the batch axis as 1
   * @param columns the columns of the result
   */
  public record Sizes(int count, int rows, int inner, int columns) {}

  /** The sizes of a product of these shapes. */
  public Sizes sizes(Shape left, Shape right) {
    int count = left.first(shared).size();
    Shape a = left.last(left.rank() - shared);
    Shape b = right.last(right.rank() - shared);
    int rows = a.first(a.rank() - 1).size();
    int inner = a.axis(a.rank() - 1);
    return switch (form) {
      case PLAIN -> new Sizes(count, rows, inner, b.axis(1));
      case RIGHT_TRANSPOSED -> new Sizes(count, rows, inner, b.axis(0));
      case LEFT_TRANSPOSED -> new Sizes(count, inner, rows, b.axis(b.rank() - 1));
    };
  }

  @Override
  public double[] reference(List<double[]> inputs, List<Shape> shapes, Shape result, Mode mode) {
    Sizes s = sizes(shapes.get(0), shapes.get(1));
    double[] a = inputs.get(0);
    double[] b = inputs.get(1);
    int each = s.rows * s.columns;
    int count = s.count;
    double[] c = new double[count * each];
    for (int p = 0; p < count; p++) {
      for (int i = 0; i < s.rows; i++) {
        for (int j = 0; j < s.columns; j++) {
          double sum = 0;
          for (int k = 0; k < s.inner; k++) {
            int left =
                p * s.rows * s.inner
                    + (form == Form.LEFT_TRANSPOSED ? k * s.rows + i : i * s.inner + k);
            int right =
                p * s.inner * s.columns
                    + (form == Form.RIGHT_TRANSPOSED ? j * s.inner + k : k * s.columns + j);
            sum += a[left] * b[right];
          }
          c[p * each + i * s.columns + j] = sum;
        }
      }
    }
    return c;
  }
}
