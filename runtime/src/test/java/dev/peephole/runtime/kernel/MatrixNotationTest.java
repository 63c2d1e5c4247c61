package dev.peephole.runtime.kernel;

import static dev.peephole.runtime.kernel.MatrixNotation.matrix;
import static dev.peephole.runtime.kernel.MatrixNotation.multiply;
import static dev.peephole.runtime.kernel.MatrixNotation.oneHot;
import static dev.peephole.runtime.kernel.MatrixNotation.orthonormalize;
import static dev.peephole.runtime.kernel.MatrixNotation.transposed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

/** Products as formulas have them, worked out by hand. */
class MatrixNotationTest {
  private static final float[] A = {1, 2, 3, 4, 5, 6};
  private static final float[] B = {7, 8, 9, 10, 11, 12};
  private static final float[] PRODUCT = {58, 64, 139, 154};

  @Test
  void products() {
    float[] c = {9, 9, 9, 9};
    multiply(matrix(A, 2, 3), matrix(B, 3, 2), matrix(c, 2, 2));
    assertThat(c).containsExactly(PRODUCT);
    float[] at = Matrices.transposed(A, 2, 3);
    multiply(transposed(matrix(at, 3, 2)), matrix(B, 3, 2), matrix(c, 2, 2));
    assertThat(c).containsExactly(PRODUCT);
    float[] bt = Matrices.transposed(B, 3, 2);
    multiply(matrix(A, 2, 3), transposed(matrix(bt, 2, 3)), matrix(c, 2, 2));
    assertThat(c).containsExactly(PRODUCT);
  }

  @Test
  void productsInDoublePrecision() {
    double[] a = Matrices.widened(A);
    double[] b = Matrices.widened(B);
    double[] c = new double[9];
    multiply(transposed(matrix(a, 2, 3)), transposed(transposed(matrix(b, 2, 3))), matrix(c, 3, 3));
    assertThat(c).containsExactly(47, 52, 57, 64, 71, 78, 81, 90, 99);
    double[] d = new double[4];
    multiply(matrix(a, 2, 3), transposed(matrix(b, 2, 3)), matrix(d, 2, 2));
    assertThat(d).containsExactly(50, 68, 122, 167);
  }

  /** Matrices that lie one after another are counted from 0. */
  @Test
  void theOneOfANumber() {
    float[] c = {5, 5, 5};
    multiply(matrix(A, 2, 1, 2), matrix(B, 1, 2, 1), matrix(c, 1, 1, 1));
    assertThat(c).containsExactly(5, 5 * 9 + 6 * 10, 5);
  }

  @Test
  void anEmptySumIsZero() {
    float[] c = {9, 9, 9, 9};
    multiply(matrix(new float[0], 2, 0), matrix(new float[0], 0, 2), matrix(c, 2, 2));
    assertThat(c).containsOnly(0);
  }

  @Test
  void oneHotRowsAddUpRowsByTheirLabels() {
    int[] labels = {9, 9, 9, 2, 0, 2};
    float[] c = {1, 1, 1, 1, 1, 1};
    multiply(transposed(oneHot(labels, 1, 3, 3)), matrix(A, 3, 2), matrix(c, 3, 2));
    assertThat(c).containsExactly(3, 4, 0, 0, 1 + 5, 2 + 6);
    double[] d = new double[2];
    multiply(
        transposed(oneHot(labels, 4, 1, 1)), matrix(new double[] {7, 8}, 1, 2), matrix(d, 1, 2));
    assertThat(d).containsExactly(7, 8);
  }

  @Test
  void orthonormalMatricesTakeThePlaceOfOthers() {
    double[] a = {3, 1, -4, 2};
    orthonormalize(matrix(a, 2, 2));
    assertThat(a).containsExactly(new double[] {0.6, 0.8, -0.8, 0.6}, offset(1e-15));
  }

  @Test
  void shapesThatDoNotFitAreAnError() {
    float[] c = new float[4];
    assertThatThrownBy(() -> multiply(matrix(A, 2, 3), matrix(B, 2, 3), matrix(c, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a [2, 3] times a [2, 3] is no [2, 2]");
    assertThatThrownBy(
            () ->
                multiply(transposed(matrix(A, 3, 2)), transposed(matrix(B, 2, 3)), matrix(c, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("aᵀ·bᵀ is (b·a)ᵀ");
    assertThatThrownBy(() -> multiply(oneHot(new int[3], 3, 2), matrix(A, 3, 2), matrix(c, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one-hot");
  }
}
