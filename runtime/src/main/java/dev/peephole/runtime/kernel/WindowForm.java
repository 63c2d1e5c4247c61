package dev.peephole.runtime.kernel;

/** A way to multiply windows in single precision; {@link WindowProduct} says what comes out. */
interface WindowForm {

  /** z = windows of x · w. */
  void multiply(
      WindowProduct.Windows windows, float[] x, float[] w, float[] z, int images, int columns);

  /** w = (windows of x)ᵀ · z. */
  void multiplyLeftTransposed(
      WindowProduct.Windows windows, float[] x, float[] z, float[] w, int images, int columns);

  /** Adds some numbers to others. */
  void add(float[] numbers, int from, float[] sums, int to, int count);
}
