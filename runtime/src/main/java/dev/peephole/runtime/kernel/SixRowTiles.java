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

  private SixRowTiles() {}

  /** With a read by columns, as {@link ColumnTiles} do. */
  private static void wide(Tile t) {
    float[] from = t.from;
    int toRight = t.toRight;
    int at = t.fromBase;
    FloatVector l0 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector r0 = FloatVector.fromArray(SPECIES, from, at + toRight);
    at += t.fromStride;
    FloatVector l1 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector r1 = FloatVector.fromArray(SPECIES, from, at + toRight);
    at += t.fromStride;
    FloatVector l2 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector r2 = FloatVector.fromArray(SPECIES, from, at + toRight);
    at += t.fromStride;
    FloatVector l3 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector r3 = FloatVector.fromArray(SPECIES, from, at + toRight);
    at += t.fromStride;
    FloatVector l4 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector r4 = FloatVector.fromArray(SPECIES, from, at + toRight);
    at += t.fromStride;
    FloatVector l5 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector r5 = FloatVector.fromArray(SPECIES, from, at + toRight);
    float[] a = t.a;
    float[] b = t.b;
    int bBase = t.bBase;
    int bStride = t.bStride;
    int depth = t.depth;
    int aBase = t.aBase;
    int aStride = t.aStride;
    for (int k = 0; k < depth; k++) {
      int bk = bBase + k * bStride;
      int ak = aBase + k * aStride;
      FloatVector left = FloatVector.fromArray(SPECIES, b, bk);
      FloatVector right = FloatVector.fromArray(SPECIES, b, bk + toRight);
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
    float[] c = t.c;
    at = t.cBase;
    l0.intoArray(c, at);
    r0.intoArray(c, at + toRight);
    at += t.cStride;
    l1.intoArray(c, at);
    r1.intoArray(c, at + toRight);
    at += t.cStride;
    l2.intoArray(c, at);
    r2.intoArray(c, at + toRight);
    at += t.cStride;
    l3.intoArray(c, at);
    r3.intoArray(c, at + toRight);
    at += t.cStride;
    l4.intoArray(c, at);
    r4.intoArray(c, at + toRight);
    at += t.cStride;
    l5.intoArray(c, at);
    r5.intoArray(c, at + toRight);
  }
}
