package dev.peephole.runtime.kernel;

import java.util.Arrays;

/**
 * Products of matrices as formulas have them, with their shapes beside their names: {@code xᵀ · dz}
 * is {@code multiply(transposed(matrix(x, N, 2)), matrix(dz, N, 8), matrix(dW, 2, 8))}.
 *
 * <p>A call makes small objects, which say where a matrix is and what shape it has.
 *
 * @see Matrix how they are computed
 */
public final class MatrixNotation {

  private MatrixNotation() {}

  /** The numbers of an array as a matrix, row after row. */
  public static FloatMatrix matrix(float[] numbers, int rows, int columns) {
    return matrix(numbers, 0, rows, columns);
  }

  /** The matrix with this number, counted from 0, of those that lie one after another. */
  public static FloatMatrix matrix(float[] numbers, int number, int rows, int columns) {
    return new FloatMatrix(numbers, number * rows * columns, rows, columns, false);
  }

  /** aᵀ: the same numbers, rows and columns exchanged; nothing is copied. */
  public static FloatMatrix transposed(FloatMatrix a) {
    return a.transposed();
  }

  /**
   * c = a·b; one of a and b may be transposed. c is overwritten, and shares no numbers with them.
   *
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static void multiply(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    MatrixLayout.requireProduct(a, b, c);
    int rows = c.rows();
    int inner = a.width();
    int columns = c.columns();
    if (a.isTransposed()) {
      Matrix.multiplyLeftTransposed(
          a.numbers(),
          a.start(),
          b.numbers(),
          b.start(),
          c.numbers(),
          c.start(),
          rows,
          inner,
          columns);
    } else if (b.isTransposed()) {
      Matrix.multiplyRightTransposed(
          a.numbers(),
          a.start(),
          b.numbers(),
          b.start(),
          c.numbers(),
          c.start(),
          rows,
          inner,
          columns);
    } else {
      Matrix.multiply(
          a.numbers(),
          a.start(),
          b.numbers(),
          b.start(),
          c.numbers(),
          c.start(),
          rows,
          inner,
          columns);
    }
  }

  /**
   * c = aᵀ·b: row k of c is the sum of those rows of b whose label is k, added in their order.
   *
   * @throws IllegalArgumentException if the shapes do not fit, or a is not transposed
   */
  public static void multiply(OneHotRows a, FloatMatrix b, FloatMatrix c) {
    MatrixLayout.requireProduct(a, b, c);
    int columns = c.columns();
    Arrays.fill(c.numbers(), c.start(), c.start() + c.rows() * columns, 0);
    for (int n = 0; n < a.rows(); n++) {
      int label = a.labels()[a.start() + n];
      for (int k = 0; k < columns; k++) {
        c.numbers()[c.start() + label * columns + k] += b.numbers()[b.start() + n * columns + k];
      }
    }
  }

  /** a ← the orthonormal factor of a, as {@link Matrix#orthonormal} defines it. */
  public static void orthonormalize(FloatMatrix a) {
    MatrixLayout.requireWhole(a);
    Matrix.orthonormal(a.numbers(), a.numbers(), a.rows(), a.columns());
  }

  /** The same in double precision. */
  public static DoubleMatrix matrix(double[] numbers, int rows, int columns) {
    return matrix(numbers, 0, rows, columns);
  }

  /** The matrix with this number, counted from 0, of those that lie one after another. */
  public static DoubleMatrix matrix(double[] numbers, int number, int rows, int columns) {
    return new DoubleMatrix(numbers, number * rows * columns, rows, columns, false);
  }

  /** aᵀ: the same numbers, rows and columns exchanged; nothing is copied. */
  public static DoubleMatrix transposed(DoubleMatrix a) {
    return a.transposed();
  }

  /**
   * c = a·b; one of a and b may be transposed. c is overwritten, and shares no numbers with them.
   *
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static void multiply(DoubleMatrix a, DoubleMatrix b, DoubleMatrix c) {
    MatrixLayout.requireProduct(a, b, c);
    int rows = c.rows();
    int inner = a.width();
    int columns = c.columns();
    if (a.isTransposed()) {
      Matrix.multiplyLeftTransposed(
          a.numbers(),
          a.start(),
          b.numbers(),
          b.start(),
          c.numbers(),
          c.start(),
          rows,
          inner,
          columns);
    } else if (b.isTransposed()) {
      Matrix.multiplyRightTransposed(
          a.numbers(),
          a.start(),
          b.numbers(),
          b.start(),
          c.numbers(),
          c.start(),
          rows,
          inner,
          columns);
    } else {
      Matrix.multiply(
          a.numbers(),
          a.start(),
          b.numbers(),
          b.start(),
          c.numbers(),
          c.start(),
          rows,
          inner,
          columns);
    }
  }

  /**
   * c = aᵀ·b: row k of c is the sum of those rows of b whose label is k, added in their order.
   *
   * @throws IllegalArgumentException if the shapes do not fit, or a is not transposed
   */
  public static void multiply(OneHotRows a, DoubleMatrix b, DoubleMatrix c) {
    MatrixLayout.requireProduct(a, b, c);
    int columns = c.columns();
    Arrays.fill(c.numbers(), c.start(), c.start() + c.rows() * columns, 0);
    for (int n = 0; n < a.rows(); n++) {
      int label = a.labels()[a.start() + n];
      for (int k = 0; k < columns; k++) {
        c.numbers()[c.start() + label * columns + k] += b.numbers()[b.start() + n * columns + k];
      }
    }
  }

  /** a ← the orthonormal factor of a, as {@link Matrix#orthonormal} defines it. */
  public static void orthonormalize(DoubleMatrix a) {
    MatrixLayout.requireWhole(a);
    Matrix.orthonormal(a.numbers(), a.numbers(), a.rows(), a.columns());
  }

  /** Rows that are 1 at the place of their label and 0 elsewhere. */
  public static OneHotRows oneHot(int[] labels, int rows, int classes) {
    return oneHot(labels, 0, rows, classes);
  }

  /** The same with the labels of the matrix of this number, counted from 0. */
  public static OneHotRows oneHot(int[] labels, int number, int rows, int classes) {
    return new OneHotRows(labels, number * rows, rows, classes, false);
  }

  /** aᵀ. */
  public static OneHotRows transposed(OneHotRows a) {
    return new OneHotRows(a.labels(), a.start(), a.rows(), a.classes(), !a.isTransposed());
  }
}
