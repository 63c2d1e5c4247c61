package dev.peephole.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 8 rows of c by two vectors, with a read where it lies, by rows: a0 … a7 are where its 8
 * rows begin. Each vector of b, once loaded, is used 8 times, each number of a twice.
 *
 * <p>Written out, because the just-in-time compiler keeps sums in registers only if each has a
 * name.
 */
final class RowTiles {
  static final TileKernel WIDE = RowTiles::wide;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private RowTiles() {}

  /** 8 rows by two vectors. */
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
    at += t.fromStride;
    FloatVector l6 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector r6 = FloatVector.fromArray(SPECIES, from, at + toRight);
    at += t.fromStride;
    FloatVector l7 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector r7 = FloatVector.fromArray(SPECIES, from, at + toRight);
    float[] a = t.a;
    float[] b = t.b;
    int bBase = t.bBase;
    int bStride = t.bStride;
    int depth = t.depth;
    int a0 = t.aBase;
    int a1 = t.aBase + t.aStride;
    int a2 = t.aBase + 2 * t.aStride;
    int a3 = t.aBase + 3 * t.aStride;
    int a4 = t.aBase + 4 * t.aStride;
    int a5 = t.aBase + 5 * t.aStride;
    int a6 = t.aBase + 6 * t.aStride;
    int a7 = t.aBase + 7 * t.aStride;
    for (int k = 0; k < depth; k++) {
      int bk = bBase + k * bStride;
      FloatVector left = FloatVector.fromArray(SPECIES, b, bk);
      FloatVector right = FloatVector.fromArray(SPECIES, b, bk + toRight);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
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
    at += t.cStride;
    l6.intoArray(c, at);
    r6.intoArray(c, at + toRight);
    at += t.cStride;
    l7.intoArray(c, at);
    r7.intoArray(c, at + toRight);
  }
}
