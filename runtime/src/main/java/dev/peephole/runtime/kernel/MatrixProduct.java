package dev.peephole.runtime.kernel;

import java.util.Arrays;

/**
 * The fast matrix product. Matrices are stored row after row; c is overwritten, and must not share
 * elements with a or b.
 *
 * <p>An instance owns the space in which it rearranges its operands. That space grows when a larger
 * product comes for the first time; after that, compiled code allocates nothing. So a model keeps
 * one instance, and a thread must not use another's.
 *
 * <p>In single precision each element of c is one chain of fused multiply-adds, in the order of the
 * inner index. The result is therefore the same to the last bit with the JDK's Vector API or
 * without, and on every processor. It differs from the exact product by at most {@code inner} units
 * of rounding (2<sup>-24</sup>) of the sum of the absolute values of the terms.
 *
 * <p>The Vector API is used if the JVM was started with {@code --add-modules jdk.incubator.vector};
 * {@link #form} tells. Double precision, meant for checks, is that of {@link Matrix}.
 */
public final class MatrixProduct {
  /** Up to this many terms in all, plain loops are done before the others have begun. */
  private static final long FEW_TERMS = 128;

  private final ProductForm plain = new PlainProduct();
  private final ProductForm form;
  private final Operand a = new Operand();
  private final Operand b = new Operand();
  private final Operand c = new Operand();

  /** A product in the fastest form that this JVM has. */
  public MatrixProduct() {
    this(VectorApi.VECTORS ? VectorForm.create() : new ScalarProduct());
  }

  MatrixProduct(ProductForm form) {
    this.form = form;
  }

  /** The one class that mentions the Vector API's; it is loaded only if its module is there. */
  private static final class VectorForm {
    static ProductForm create() {
      return new VectorProduct();
    }
  }

  /** The form in use, such as {@code vector, 16 lanes} or {@code scalar}. */
  public String form() {
    return form.toString();
  }

  /** c = a·b, where a is rows × inner, b is inner × columns and c is rows × columns. */
  public void multiply(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
    multiply(a, 0, b, 0, c, 0, rows, inner, columns);
  }

  /** c = a·b as above, for matrices that begin somewhere in their arrays. */
  public void multiply(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int rows,
      int inner,
      int columns) {
    this.a.set(a, aOffset, inner, 1);
    this.b.set(b, bOffset, columns, 1);
    run(c, cOffset, rows, inner, columns);
  }

  /** c = aᵀ·b, where a is inner × rows, b is inner × columns and c is rows × columns. */
  public void multiplyLeftTransposed(
      float[] a, float[] b, float[] c, int rows, int inner, int columns) {
    multiplyLeftTransposed(a, 0, b, 0, c, 0, rows, inner, columns);
  }

  /** c = aᵀ·b as above, for matrices that begin somewhere in their arrays. */
  public void multiplyLeftTransposed(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int rows,
      int inner,
      int columns) {
    this.a.set(a, aOffset, 1, rows);
    this.b.set(b, bOffset, columns, 1);
    run(c, cOffset, rows, inner, columns);
  }

  /** c = a·bᵀ, where a is rows × inner, b is columns × inner and c is rows × columns. */
  public void multiplyRightTransposed(
      float[] a, float[] b, float[] c, int rows, int inner, int columns) {
    multiplyRightTransposed(a, 0, b, 0, c, 0, rows, inner, columns);
  }

  /** c = a·bᵀ as above, for matrices that begin somewhere in their arrays. */
  public void multiplyRightTransposed(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int rows,
      int inner,
      int columns) {
    this.a.set(a, aOffset, inner, 1);
    this.b.set(b, bOffset, 1, inner);
    run(c, cOffset, rows, inner, columns);
  }

  /** c = a·b, where a is a number of rows and b has been set. */
  public void multiply(float[] a, int aOffset, PackedMatrix b, float[] c, int cOffset, int rows) {
    int inner = b.inner();
    int columns = b.columns();
    this.a.set(a, aOffset, inner, 1);
    this.c.set(c, cOffset, columns, 1);
    if (inner == 0) {
      Arrays.fill(c, cOffset, cOffset + rows * columns, 0);
    } else if (rows > 0 && columns > 0) {
      boolean few = (long) rows * inner * columns <= FEW_TERMS;
      (few ? plain : form).multiply(this.a, b, this.c, rows);
    }
  }

  /** c = a·b in double precision, where b has been set. */
  public void multiply(double[] a, int aOffset, PackedMatrix b, double[] c, int cOffset, int rows) {
    b.multiply(a, aOffset, c, cOffset, rows);
  }

  /** c = a·b in double precision. */
  public void multiply(double[] a, double[] b, double[] c, int rows, int inner, int columns) {
    Matrix.multiply(a, 0, b, 0, c, 0, rows, inner, columns);
  }

  /** c = a·b in double precision, for matrices that begin somewhere in their arrays. */
  public void multiply(
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset,
      int rows,
      int inner,
      int columns) {
    Matrix.multiply(a, aOffset, b, bOffset, c, cOffset, rows, inner, columns);
  }

  /** c = aᵀ·b in double precision. */
  public void multiplyLeftTransposed(
      double[] a, double[] b, double[] c, int rows, int inner, int columns) {
    Matrix.multiplyLeftTransposed(a, 0, b, 0, c, 0, rows, inner, columns);
  }

  /** c = aᵀ·b in double precision, for matrices that begin somewhere in their arrays. */
  public void multiplyLeftTransposed(
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset,
      int rows,
      int inner,
      int columns) {
    Matrix.multiplyLeftTransposed(a, aOffset, b, bOffset, c, cOffset, rows, inner, columns);
  }

  /** c = a·bᵀ in double precision. */
  public void multiplyRightTransposed(
      double[] a, double[] b, double[] c, int rows, int inner, int columns) {
    Matrix.multiplyRightTransposed(a, 0, b, 0, c, 0, rows, inner, columns);
  }

  /** c = a·bᵀ in double precision, for matrices that begin somewhere in their arrays. */
  public void multiplyRightTransposed(
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset,
      int rows,
      int inner,
      int columns) {
    Matrix.multiplyRightTransposed(a, aOffset, b, bOffset, c, cOffset, rows, inner, columns);
  }

  private void run(float[] array, int offset, int rows, int inner, int columns) {
    c.set(array, offset, columns, 1);
    if (inner == 0) {
      Arrays.fill(array, offset, offset + rows * columns, 0);
    } else if (rows > 0 && columns > 0) {
      boolean few = (long) rows * inner * columns <= FEW_TERMS;
      (few ? plain : form).multiply(a, b, c, rows, inner, columns);
    }
  }
}
