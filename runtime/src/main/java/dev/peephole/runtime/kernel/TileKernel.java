package dev.peephole.runtime.kernel;

/**
 * The innermost loop of the product: one tile of c, small enough to stay in registers for all of
 * its terms.
 */
@FunctionalInterface
interface TileKernel {

  /** c = from + a · b for the tile's terms; from and c may be the same. */
  void accumulate(Tile tile);
}
