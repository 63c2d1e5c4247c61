package dev.peephole.runtime.kernel;

/**
 * The modified Gram–Schmidt process, each step taken twice, which makes the result orthogonal to
 * working precision (Björck, "Numerics of Gram–Schmidt orthogonalization", 1994).
 */
final class GramSchmidt {
  /** A vector that keeps less than this share of its length depends on those before it. */
  private static final double DEPENDENT = 1e-12;

  private final double[] numbers;
  private final int length;
  private final int vectorStride;
  private final int elementStride;

  private GramSchmidt(double[] numbers, int length, int vectorStride, int elementStride) {
    this.numbers = numbers;
    this.length = length;
    this.vectorStride = vectorStride;
    this.elementStride = elementStride;
  }

  /**
   * Makes {@code count} vectors of the given length orthonormal, in place: element e of vector v is
   * at {@code v * vectorStride + e * elementStride}.
   *
   * @throws IllegalArgumentException if a vector is a combination of those before it
   */
  static void orthonormalize(
      double[] numbers, int count, int length, int vectorStride, int elementStride) {
    GramSchmidt process = new GramSchmidt(numbers, length, vectorStride, elementStride);
    for (int v = 0; v < count; v++) {
      double before = Math.sqrt(process.dot(v, v));
      process.removeEarlier(v);
      process.removeEarlier(v);
      double after = Math.sqrt(process.dot(v, v));
      if (!(after > DEPENDENT * before)) {
        throw new IllegalArgumentException(
            "cannot make "
                + count
                + " vectors orthonormal: vector "
                + v
                + ", counted from 0, depends on those before it");
      }
      process.divide(v, after);
    }
  }

  /** Takes from vector v its part in the direction of each earlier one. */
  private void removeEarlier(int v) {
    for (int u = 0; u < v; u++) {
      double projection = dot(u, v);
      for (int e = 0; e < length; e++) {
        numbers[at(v, e)] -= projection * numbers[at(u, e)];
      }
    }
  }

  private double dot(int u, int v) {
    double sum = 0;
    for (int e = 0; e < length; e++) {
      sum += numbers[at(u, e)] * numbers[at(v, e)];
    }
    return sum;
  }

  private void divide(int v, double divisor) {
    for (int e = 0; e < length; e++) {
      numbers[at(v, e)] /= divisor;
    }
  }

  private int at(int vector, int element) {
    return vector * vectorStride + element * elementStride;
  }
}
