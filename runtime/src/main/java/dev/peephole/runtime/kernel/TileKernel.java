package dev.peephole.runtime.kernel;

/**
 * The innermost loop of the product: one tile of c, small enough to stay in registers for all of
 * its terms.
 */
@FunctionalInterface
interface TileKernel {

  /**
   * c += a · b for {@code depth} terms. Each matrix is given by its array, the index of its first
   * element and the distance from one row to the next; of a that is read by columns, from one
   * column to the next.
   */
  void accumulate(
      float[] a,
      int aBase,
      int aStride,
      float[] b,
      int bBase,
      int bStride,
      float[] c,
      int cBase,
      int cStride,
      int depth);
}
