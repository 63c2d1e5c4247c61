package dev.peephole.runtime.kernel;

import java.util.Arrays;

/** Matrices for tests, and their products by definition. */
final class Matrices {

  private Matrices() {}

  /** Normal numbers, the same each time. */
  static float[] random(int length, long stream) {
    float[] numbers = new float[length];
    new Philox(7, stream).normal(numbers);
    return numbers;
  }

  static double[] widened(float[] numbers) {
    double[] wide = new double[numbers.length];
    Arrays.setAll(wide, i -> numbers[i]);
    return wide;
  }

  /** The transpose of a rows × columns matrix. */
  static float[] transposed(float[] m, int rows, int columns) {
    float[] t = new float[m.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        t[j * rows + i] = m[i * columns + j];
      }
    }
    return t;
  }

  /** a·b element by element, each the sum of its terms in double precision. */
  static double[] product(double[] a, double[] b, int rows, int inner, int columns) {
    double[] c = new double[rows * columns];
    Arrays.setAll(
        c,
        at -> {
          double sum = 0;
          for (int k = 0; k < inner; k++) {
            sum += a[at / columns * inner + k] * b[k * columns + at % columns];
          }
          return sum;
        });
    return c;
  }

  static double[] absolute(double[] m) {
    return Arrays.stream(m).map(Math::abs).toArray();
  }

  /** An array with a matrix at an offset, and NaN around it. */
  static float[] embedded(float[] matrix, int offset) {
    float[] array = new float[offset + matrix.length + 3];
    Arrays.fill(array, Float.NaN);
    System.arraycopy(matrix, 0, array, offset, matrix.length);
    return array;
  }
}
