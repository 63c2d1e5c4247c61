package dev.peephole.runtime.kernel;

/**
 * The right side of many products, rearranged once for all of them: what a recurrence multiplies
 * its states by at every time step. Set it again when the numbers of the matrix have changed.
 *
 * <p>As with {@link MatrixProduct}, nothing is allocated once the largest matrix was there, and a
 * thread must not use another's.
 */
public final class PackedMatrix {
  private final Operand operand = new Operand();
  private Panels panels;
  private boolean packed;
  private int inner;
  private int columns;
  private double[] doubles;
  private boolean transposed;

  /** Takes b, which is inner × columns. */
  public void set(float[] b, int inner, int columns) {
    size(inner, columns);
    operand.set(b, 0, columns, 1);
  }

  /** Takes bᵀ, where b is columns × inner. */
  public void setTransposed(float[] b, int inner, int columns) {
    size(inner, columns);
    operand.set(b, 0, 1, inner);
  }

  /** Takes b in double precision, which is left where it lies. */
  public void set(double[] b, int inner, int columns) {
    size(inner, columns);
    doubles = b;
    transposed = false;
  }

  /** Takes bᵀ in double precision, which is left where it lies. */
  public void setTransposed(double[] b, int inner, int columns) {
    size(inner, columns);
    doubles = b;
    transposed = true;
  }

  private void size(int newInner, int newColumns) {
    inner = newInner;
    columns = newColumns;
    packed = false;
  }

  int inner() {
    return inner;
  }

  int columns() {
    return columns;
  }

  /** The matrix where it lies. */
  Operand operand() {
    return operand;
  }

  /** The whole matrix in panels of so many columns, always the same number. */
  Panels panels(int width) {
    if (panels == null) {
      panels = new Panels(width);
    }
    if (!packed) {
      panels.pack(operand, 0, inner, 0, columns);
      packed = true;
    }
    return panels;
  }

  /** c = a · this in double precision. */
  void multiply(double[] a, int aOffset, double[] c, int cOffset, int rows) {
    if (transposed) {
      Matrix.multiplyRightTransposed(a, aOffset, doubles, 0, c, cOffset, rows, inner, columns);
    } else {
      Matrix.multiply(a, aOffset, doubles, 0, c, cOffset, rows, inner, columns);
    }
  }
}
