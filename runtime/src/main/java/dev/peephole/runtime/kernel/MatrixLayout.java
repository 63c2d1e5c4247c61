package dev.peephole.runtime.kernel;

/** Where a matrix lies in an array, and what shape is meant; the same in both precisions. */
sealed interface MatrixLayout permits FloatMatrix, DoubleMatrix {
  int start();

  int rows();

  int columns();

  boolean isTransposed();

  /** The rows that are meant. */
  default int height() {
    return isTransposed() ? columns() : rows();
  }

  /** The columns that are meant. */
  default int width() {
    return isTransposed() ? rows() : columns();
  }

  /**
   * @throws IllegalArgumentException if c = a·b does not fit, or is none of the products there are
   */
  static void requireProduct(MatrixLayout a, MatrixLayout b, MatrixLayout c) {
    requireFit(a.height(), a.width(), b.height(), b.width(), c.height(), c.width());
    if (c.isTransposed() || a.isTransposed() && b.isTransposed()) {
      throw new IllegalArgumentException("aᵀ·bᵀ is (b·a)ᵀ, and a result is not transposed");
    }
  }

  /**
   * @throws IllegalArgumentException if c = aᵀ·b does not fit, or a is not transposed
   */
  static void requireProduct(OneHotRows a, MatrixLayout b, MatrixLayout c) {
    if (!a.isTransposed() || b.isTransposed() || c.isTransposed()) {
      throw new IllegalArgumentException("of one-hot rows, aᵀ·b is computed; a·b is a look at b");
    }
    requireFit(a.classes(), a.rows(), b.rows(), b.columns(), c.rows(), c.columns());
  }

  /**
   * @throws IllegalArgumentException if the matrix is not its whole array, as it lies
   */
  static void requireWhole(MatrixLayout a) {
    if (a.start() != 0 || a.isTransposed()) {
      throw new IllegalArgumentException("the matrix is not all of its array");
    }
  }

  private static void requireFit(
      int aRows, int aColumns, int bRows, int bColumns, int rows, int columns) {
    if (aColumns != bRows || aRows != rows || bColumns != columns) {
      throw new IllegalArgumentException(
          "a [%s, %s] times a [%s, %s] is no [%s, %s]"
              .formatted(aRows, aColumns, bRows, bColumns, rows, columns));
    }
  }
}
