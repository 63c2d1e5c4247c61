package dev.peephole.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 6 rows by two vectors, for processors with 16 vector registers: 12 sums, two vectors of
 * b and one of a. More would not fit, and fewer would not hide how long a sum takes.
 */
final class SixRowTiles {
  static final TileKernel WIDE = SixRowTiles::wide;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private SixRowTiles() {}

  /** With a read by columns, as {@link ColumnTiles} do. */
  private static void wide(
      float[] a,
      int aBase,
      int aStride,
      float[] b,
      int bBase,
      int bStride,
      float[] c,
      int cBase,
      int cStride,
      int depth) {
    FloatVector l0 = FloatVector.fromArray(SPECIES, c, cBase);
    FloatVector r0 = FloatVector.fromArray(SPECIES, c, cBase + LANES);
    FloatVector l1 = FloatVector.fromArray(SPECIES, c, cBase + cStride);
    FloatVector r1 = FloatVector.fromArray(SPECIES, c, cBase + cStride + LANES);
    FloatVector l2 = FloatVector.fromArray(SPECIES, c, cBase + 2 * cStride);
    FloatVector r2 = FloatVector.fromArray(SPECIES, c, cBase + 2 * cStride + LANES);
    FloatVector l3 = FloatVector.fromArray(SPECIES, c, cBase + 3 * cStride);
    FloatVector r3 = FloatVector.fromArray(SPECIES, c, cBase + 3 * cStride + LANES);
    FloatVector l4 = FloatVector.fromArray(SPECIES, c, cBase + 4 * cStride);
    FloatVector r4 = FloatVector.fromArray(SPECIES, c, cBase + 4 * cStride + LANES);
    FloatVector l5 = FloatVector.fromArray(SPECIES, c, cBase + 5 * cStride);
    FloatVector r5 = FloatVector.fromArray(SPECIES, c, cBase + 5 * cStride + LANES);
    for (int k = 0, ak = aBase; k < depth; k++, ak += aStride) {
      int bk = bBase + k * bStride;
      FloatVector left = FloatVector.fromArray(SPECIES, b, bk);
      FloatVector right = FloatVector.fromArray(SPECIES, b, bk + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ak]);
      l0 = x0.fma(left, l0);
      r0 = x0.fma(right, r0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ak + 1]);
      l1 = x1.fma(left, l1);
      r1 = x1.fma(right, r1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[ak + 2]);
      l2 = x2.fma(left, l2);
      r2 = x2.fma(right, r2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[ak + 3]);
      l3 = x3.fma(left, l3);
      r3 = x3.fma(right, r3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[ak + 4]);
      l4 = x4.fma(left, l4);
      r4 = x4.fma(right, r4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[ak + 5]);
      l5 = x5.fma(left, l5);
      r5 = x5.fma(right, r5);
    }
    l0.intoArray(c, cBase);
    r0.intoArray(c, cBase + LANES);
    l1.intoArray(c, cBase + cStride);
    r1.intoArray(c, cBase + cStride + LANES);
    l2.intoArray(c, cBase + 2 * cStride);
    r2.intoArray(c, cBase + 2 * cStride + LANES);
    l3.intoArray(c, cBase + 3 * cStride);
    r3.intoArray(c, cBase + 3 * cStride + LANES);
    l4.intoArray(c, cBase + 4 * cStride);
    r4.intoArray(c, cBase + 4 * cStride + LANES);
    l5.intoArray(c, cBase + 5 * cStride);
    r5.intoArray(c, cBase + 5 * cStride + LANES);
  }
}
