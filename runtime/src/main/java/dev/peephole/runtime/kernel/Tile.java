package dev.peephole.runtime.kernel;

/**
 * What the innermost loop of the product works on: a few rows of c by two vectors of columns, and
 * where the numbers for it are. Each matrix is given by its array, the index of its first element
 * and the distance from one row to the next; of a that is read by columns, from one column to the
 * next.
 *
 * <p>Mutable, so that a product allocates nothing.
 */
final class Tile {
  float[] a;
  int aBase;
  int aStride;

  float[] b;
  int bBase;
  int bStride;

  /** What the sums begin with. */
  float[] from;

  int fromBase;
  int fromStride;

  /** Where the sums go. */
  float[] c;

  int cBase;
  int cStride;

  /**
   * From the left vector of columns to the right one. Less than a vector where a tile has fewer
   * columns than two: those that are in both vectors get the same sums twice.
   */
  int toRight;

  /** How many terms are added. */
  int depth;

  void a(float[] array, int base, int stride) {
    a = array;
    aBase = base;
    aStride = stride;
  }

  void b(float[] array, int base, int stride) {
    b = array;
    bBase = base;
    bStride = stride;
  }

  void from(float[] array, int base, int stride) {
    from = array;
    fromBase = base;
    fromStride = stride;
  }

  void c(float[] array, int base, int stride) {
    c = array;
    cBase = base;
    cStride = stride;
  }
}
