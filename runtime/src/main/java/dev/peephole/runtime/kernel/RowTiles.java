package dev.peephole.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 8 rows of c, with a read where it lies, by rows: a0 … a7 are where its 8 rows begin.
 *
 * <p>Written out, because the just-in-time compiler keeps sums in registers only if each has a
 * name.
 */
final class RowTiles {
  static final TileKernel WIDE = RowTiles::wide;
  static final TileKernel NARROW = RowTiles::narrow;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private RowTiles() {}

  /** 8 rows by two vectors: each vector of b, once loaded, is used 8 times, each of a twice. */
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
    FloatVector l6 = FloatVector.fromArray(SPECIES, c, cBase + 6 * cStride);
    FloatVector r6 = FloatVector.fromArray(SPECIES, c, cBase + 6 * cStride + LANES);
    FloatVector l7 = FloatVector.fromArray(SPECIES, c, cBase + 7 * cStride);
    FloatVector r7 = FloatVector.fromArray(SPECIES, c, cBase + 7 * cStride + LANES);
    int a1 = aBase + aStride;
    int a2 = aBase + 2 * aStride;
    int a3 = aBase + 3 * aStride;
    int a4 = aBase + 4 * aStride;
    int a5 = aBase + 5 * aStride;
    int a6 = aBase + 6 * aStride;
    int a7 = aBase + 7 * aStride;
    for (int k = 0; k < depth; k++) {
      int bk = bBase + k * bStride;
      FloatVector left = FloatVector.fromArray(SPECIES, b, bk);
      FloatVector right = FloatVector.fromArray(SPECIES, b, bk + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aBase + k]);
      l0 = x0.fma(left, l0);
      r0 = x0.fma(right, r0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
      l1 = x1.fma(left, l1);
      r1 = x1.fma(right, r1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
      l2 = x2.fma(left, l2);
      r2 = x2.fma(right, r2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
      l3 = x3.fma(left, l3);
      r3 = x3.fma(right, r3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
      l4 = x4.fma(left, l4);
      r4 = x4.fma(right, r4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
      l5 = x5.fma(left, l5);
      r5 = x5.fma(right, r5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + k]);
      l6 = x6.fma(left, l6);
      r6 = x6.fma(right, r6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + k]);
      l7 = x7.fma(left, l7);
      r7 = x7.fma(right, r7);
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
    l6.intoArray(c, cBase + 6 * cStride);
    r6.intoArray(c, cBase + 6 * cStride + LANES);
    l7.intoArray(c, cBase + 7 * cStride);
    r7.intoArray(c, cBase + 7 * cStride + LANES);
  }

  /** 8 rows by one vector, for the last few columns. */
  private static void narrow(
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
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, cBase);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, cBase + cStride);
    FloatVector c2 = FloatVector.fromArray(SPECIES, c, cBase + 2 * cStride);
    FloatVector c3 = FloatVector.fromArray(SPECIES, c, cBase + 3 * cStride);
    FloatVector c4 = FloatVector.fromArray(SPECIES, c, cBase + 4 * cStride);
    FloatVector c5 = FloatVector.fromArray(SPECIES, c, cBase + 5 * cStride);
    FloatVector c6 = FloatVector.fromArray(SPECIES, c, cBase + 6 * cStride);
    FloatVector c7 = FloatVector.fromArray(SPECIES, c, cBase + 7 * cStride);
    int a1 = aBase + aStride;
    int a2 = aBase + 2 * aStride;
    int a3 = aBase + 3 * aStride;
    int a4 = aBase + 4 * aStride;
    int a5 = aBase + 5 * aStride;
    int a6 = aBase + 6 * aStride;
    int a7 = aBase + 7 * aStride;
    for (int k = 0; k < depth; k++) {
      FloatVector row = FloatVector.fromArray(SPECIES, b, bBase + k * bStride);
      c0 = FloatVector.broadcast(SPECIES, a[aBase + k]).fma(row, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + k]).fma(row, c1);
      c2 = FloatVector.broadcast(SPECIES, a[a2 + k]).fma(row, c2);
      c3 = FloatVector.broadcast(SPECIES, a[a3 + k]).fma(row, c3);
      c4 = FloatVector.broadcast(SPECIES, a[a4 + k]).fma(row, c4);
      c5 = FloatVector.broadcast(SPECIES, a[a5 + k]).fma(row, c5);
      c6 = FloatVector.broadcast(SPECIES, a[a6 + k]).fma(row, c6);
      c7 = FloatVector.broadcast(SPECIES, a[a7 + k]).fma(row, c7);
    }
    c0.intoArray(c, cBase);
    c1.intoArray(c, cBase + cStride);
    c2.intoArray(c, cBase + 2 * cStride);
    c3.intoArray(c, cBase + 3 * cStride);
    c4.intoArray(c, cBase + 4 * cStride);
    c5.intoArray(c, cBase + 5 * cStride);
    c6.intoArray(c, cBase + 6 * cStride);
    c7.intoArray(c, cBase + 7 * cStride);
  }
}
