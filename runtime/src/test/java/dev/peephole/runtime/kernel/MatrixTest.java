package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 5, 3", "4, 1, 2", "3, 7, 1", "6, 5, 4"})
  void offsetsAndPrecisions(int rows, int inner, int columns) {
    float[] a = Matrices.random(rows * inner, 1);
    float[] b = Matrices.random(inner * columns, 2);
    double[] expected =
        Matrices.product(Matrices.widened(a), Matrices.widened(b), rows, inner, columns);
    float[] at = Matrices.transposed(a, rows, inner);
    float[] bt = Matrices.transposed(b, inner, columns);
    check(expected, a, b, rows, inner, columns, Matrix::multiply, Matrix::multiply);
    check(
        expected,
        at,
        b,
        rows,
        inner,
        columns,
        Matrix::multiplyLeftTransposed,
        Matrix::multiplyLeftTransposed);
    check(
        expected,
        a,
        bt,
        rows,
        inner,
        columns,
        Matrix::multiplyRightTransposed,
        Matrix::multiplyRightTransposed);
  }

  private static void check(
      double[] expected,
      float[] a,
      float[] b,
      int rows,
      int inner,
      int columns,
      FloatMultiplication single,
      DoubleMultiplication twice) {
    float[] a2 = Matrices.embedded(a, 2);
    float[] b4 = Matrices.embedded(b, 4);
    float[] c5 = Matrices.embedded(new float[expected.length], 5);
    single.apply(a2, 2, b4, 4, c5, 5, rows, inner, columns);
    double[] wide = Matrices.widened(Matrices.embedded(new float[expected.length], 5));
    twice.apply(Matrices.widened(a2), 2, Matrices.widened(b4), 4, wide, 5, rows, inner, columns);
    for (int i = 0; i < wide.length; i++) {
      if (i < 5 || i >= 5 + expected.length) {
        assertThat(c5[i]).isNaN();
        assertThat(wide[i]).isNaN();
      } else {
        assertThat((double) c5[i]).isCloseTo(expected[i - 5], offset(1e-5));
        assertThat(wide[i]).isCloseTo(expected[i - 5], offset(1e-14));
      }
    }
  }

  @Test
  void orthonormalOfAnExampleWorkedOutByHand() {
    double[] q = new double[4];
    Matrix.orthonormal(new double[] {3, 1, -4, 2}, q, 2, 2);
    assertThat(q).containsExactly(new double[] {0.6, 0.8, -0.8, 0.6}, offset(1e-15));
  }

  /** QᵀQ = I, and QᵀA is upper triangular with a positive diagonal: that makes Q unique. */
  @ParameterizedTest
  @CsvSource({"1, 1", "5, 1", "2, 2", "7, 3", "64, 64", "200, 30"})
  void orthonormalIsTheQOfQr(int rows, int columns) {
    double[] a = Matrices.widened(Matrices.random(rows * columns, 3));
    double[] q = new double[a.length];
    Matrix.orthonormal(a, q, rows, columns);
    double[] gram = new double[columns * columns];
    double[] r = new double[columns * columns];
    Matrix.multiplyLeftTransposed(q, 0, q, 0, gram, 0, columns, rows, columns);
    Matrix.multiplyLeftTransposed(q, 0, a, 0, r, 0, columns, rows, columns);
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        int at = i * columns + j;
        assertThat(gram[at]).isCloseTo(i == j ? 1 : 0, offset(1e-14));
        if (i > j) {
          assertThat(r[at]).isCloseTo(0, offset(1e-13));
        }
      }
      assertThat(r[i * columns + i]).isPositive();
    }
  }

  @Test
  void orthonormalOfAWideMatrixIsThatOfItsTranspose() {
    float[] a = Matrices.random(3 * 7, 4);
    float[] wide = new float[a.length];
    float[] tall = new float[a.length];
    Matrix.orthonormal(a, wide, 3, 7);
    Matrix.orthonormal(Matrices.transposed(a, 3, 7), tall, 7, 3);
    assertThat(wide).isEqualTo(Matrices.transposed(tall, 7, 3));
  }

  @Test
  void orthonormalInSinglePrecisionIsThatInDoubleRoundedAndMayOverwriteItsArgument() {
    float[] a = Matrices.random(20 * 6, 5);
    double[] q = new double[a.length];
    Matrix.orthonormal(Matrices.widened(a), q, 20, 6);
    Matrix.orthonormal(a, a, 20, 6);
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isEqualTo((float) q[i]);
    }
  }

  @Test
  void orthonormalOfDependentColumnsIsAnError() {
    double[] a = {1, 2, 1, 2, 4, 3, 3, 6, -1};
    assertThatThrownBy(() -> Matrix.orthonormal(a, new double[9], 3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vector 1");
    assertThatThrownBy(() -> Matrix.orthonormal(new double[4], new double[4], 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vector 0");
  }

  /** One of the three products in single precision. */
  private interface FloatMultiplication {
    void apply(
        float[] a,
        int aOffset,
        float[] b,
        int bOffset,
        float[] c,
        int cOffset,
        int rows,
        int inner,
        int columns);
  }

  /** One of the three products in double precision. */
  private interface DoubleMultiplication {
    void apply(
        double[] a,
        int aOffset,
        double[] b,
        int bOffset,
        double[] c,
        int cOffset,
        int rows,
        int inner,
        int columns);
  }
}
