package dev.peephole.runtime.kernel;

import java.util.Arrays;

/**
 * Matrix products as a textbook has them: c[i, j] = Σₖ a[i, k] · b[k, j].
 *
 * <p>Matrices begin somewhere in their arrays and are stored row after row: element (i, j) of one
 * with {@code columns} columns is at index {@code i * columns + j}, plus the offset where it
 * begins. c is overwritten, and must not share elements with a or b. The loops are ordered so that
 * the innermost one walks along rows.
 *
 * @see MatrixNotation what the code of the textbook style calls
 * @see MatrixProduct the same, laid out for speed
 */
public final class Matrix {

  private Matrix() {}

  /** c = a·b, where a is rows × inner, b is inner × columns and c is rows × columns. */
  static void multiply(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int rows,
      int inner,
      int columns) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        c[cOffset + i * columns + j] = 0;
      }
      for (int k = 0; k < inner; k++) {
        float x = a[aOffset + i * inner + k];
        for (int j = 0; j < columns; j++) {
          c[cOffset + i * columns + j] += x * b[bOffset + k * columns + j];
        }
      }
    }
  }

  /** c = aᵀ·b, where a is inner × rows, b is inner × columns and c is rows × columns. */
  static void multiplyLeftTransposed(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int rows,
      int inner,
      int columns) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        c[cOffset + i * columns + j] = 0;
      }
      for (int k = 0; k < inner; k++) {
        float x = a[aOffset + k * rows + i];
        for (int j = 0; j < columns; j++) {
          c[cOffset + i * columns + j] += x * b[bOffset + k * columns + j];
        }
      }
    }
  }

  /** c = a·bᵀ, where a is rows × inner, b is columns × inner and c is rows × columns. */
  static void multiplyRightTransposed(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int rows,
      int inner,
      int columns) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        float sum = 0;
        for (int k = 0; k < inner; k++) {
          sum += a[aOffset + i * inner + k] * b[bOffset + j * inner + k];
        }
        c[cOffset + i * columns + j] = sum;
      }
    }
  }

  /** c = a·b, where a is rows × inner, b is inner × columns and c is rows × columns. */
  static void multiply(
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset,
      int rows,
      int inner,
      int columns) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        c[cOffset + i * columns + j] = 0;
      }
      for (int k = 0; k < inner; k++) {
        double x = a[aOffset + i * inner + k];
        for (int j = 0; j < columns; j++) {
          c[cOffset + i * columns + j] += x * b[bOffset + k * columns + j];
        }
      }
    }
  }

  /** c = aᵀ·b, where a is inner × rows, b is inner × columns and c is rows × columns. */
  static void multiplyLeftTransposed(
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset,
      int rows,
      int inner,
      int columns) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        c[cOffset + i * columns + j] = 0;
      }
      for (int k = 0; k < inner; k++) {
        double x = a[aOffset + k * rows + i];
        for (int j = 0; j < columns; j++) {
          c[cOffset + i * columns + j] += x * b[bOffset + k * columns + j];
        }
      }
    }
  }

  /** c = a·bᵀ, where a is rows × inner, b is columns × inner and c is rows × columns. */
  static void multiplyRightTransposed(
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset,
      int rows,
      int inner,
      int columns) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
          sum += a[aOffset + i * inner + k] * b[bOffset + j * inner + k];
        }
        c[cOffset + i * columns + j] = sum;
      }
    }
  }

  /**
   * The orthonormal factor of a: out = Q, where a = Q·R and R is upper triangular with a positive
   * diagonal. The columns of out are of length 1 and at right angles; if a has fewer rows than
   * columns, the rows are, because then the transpose is factored. For a of independent normal
   * numbers every such matrix is equally likely (Saxe, McClelland &amp; Ganguli, "Exact solutions
   * to the nonlinear dynamics of learning in deep linear neural networks", 2014).
   *
   * @param a rows × columns; may be the same array as {@code out}
   * @throws IllegalArgumentException if rows or columns of a depend on each other
   */
  public static void orthonormal(float[] a, float[] out, int rows, int columns) {
    double[] wide = new double[rows * columns];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = a[i];
    }
    orthonormal(wide, wide, rows, columns);
    for (int i = 0; i < wide.length; i++) {
      out[i] = (float) wide[i];
    }
  }

  /** As in single precision. */
  public static void orthonormal(double[] a, double[] out, int rows, int columns) {
    System.arraycopy(a, 0, out, 0, rows * columns);
    if (rows < columns) {
      GramSchmidt.orthonormalize(out, rows, columns, columns, 1);
    } else {
      GramSchmidt.orthonormalize(out, columns, rows, 1, columns);
    }
  }

  /** Row k of the sums is the sum of the rows whose label is k, added in their order. */
  public static void scatterAdd(
      float[] rows, int[] labels, float[] sums, int count, int classes, int columns) {
    Arrays.fill(sums, 0, classes * columns, 0);
    for (int i = 0; i < count; i++) {
      int sum = labels[i] * columns;
      for (int j = 0; j < columns; j++) {
        sums[sum + j] += rows[i * columns + j];
      }
    }
  }

  /** The same in double precision. */
  public static void scatterAdd(
      double[] rows, int[] labels, double[] sums, int count, int classes, int columns) {
    Arrays.fill(sums, 0, classes * columns, 0);
    for (int i = 0; i < count; i++) {
      int sum = labels[i] * columns;
      for (int j = 0; j < columns; j++) {
        sums[sum + j] += rows[i * columns + j];
      }
    }
  }
}
