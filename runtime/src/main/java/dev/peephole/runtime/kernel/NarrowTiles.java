package dev.peephole.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 8 rows of c by one vector, for the last few columns. Each number of a is used once, so
 * that spreading it over a vector holds the sums up: a multiply-add took 1.33 cycles on a Zen 4,
 * where it takes 1 in {@link RowTiles}.
 *
 * <p>Two vectors half as long would take 1, too, but a just-in-time compiler that has seen vectors
 * of two lengths makes objects of both, everywhere in the program.
 */
final class NarrowTiles {
  static final TileKernel BY_ROWS = NarrowTiles::byRows;
  static final TileKernel BY_COLUMNS = NarrowTiles::byColumns;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private NarrowTiles() {}

  /** With a read where it lies, by rows. */
  private static void byRows(Tile t) {
    float[] from = t.from;
    int at = t.fromBase;
    FloatVector c0 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c1 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c2 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c3 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c4 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c5 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c6 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c7 = FloatVector.fromArray(SPECIES, from, at);
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
      FloatVector row = FloatVector.fromArray(SPECIES, b, bk);
      c0 = FloatVector.broadcast(SPECIES, a[a0 + k]).fma(row, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + k]).fma(row, c1);
      c2 = FloatVector.broadcast(SPECIES, a[a2 + k]).fma(row, c2);
      c3 = FloatVector.broadcast(SPECIES, a[a3 + k]).fma(row, c3);
      c4 = FloatVector.broadcast(SPECIES, a[a4 + k]).fma(row, c4);
      c5 = FloatVector.broadcast(SPECIES, a[a5 + k]).fma(row, c5);
      c6 = FloatVector.broadcast(SPECIES, a[a6 + k]).fma(row, c6);
      c7 = FloatVector.broadcast(SPECIES, a[a7 + k]).fma(row, c7);
    }
    float[] c = t.c;
    at = t.cBase;
    c0.intoArray(c, at);
    at += t.cStride;
    c1.intoArray(c, at);
    at += t.cStride;
    c2.intoArray(c, at);
    at += t.cStride;
    c3.intoArray(c, at);
    at += t.cStride;
    c4.intoArray(c, at);
    at += t.cStride;
    c5.intoArray(c, at);
    at += t.cStride;
    c6.intoArray(c, at);
    at += t.cStride;
    c7.intoArray(c, at);
  }

  /** With a read by columns. */
  private static void byColumns(Tile t) {
    float[] from = t.from;
    int at = t.fromBase;
    FloatVector c0 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c1 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c2 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c3 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c4 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c5 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c6 = FloatVector.fromArray(SPECIES, from, at);
    at += t.fromStride;
    FloatVector c7 = FloatVector.fromArray(SPECIES, from, at);
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
      FloatVector row = FloatVector.fromArray(SPECIES, b, bk);
      c0 = FloatVector.broadcast(SPECIES, a[ak]).fma(row, c0);
      c1 = FloatVector.broadcast(SPECIES, a[ak + 1]).fma(row, c1);
      c2 = FloatVector.broadcast(SPECIES, a[ak + 2]).fma(row, c2);
      c3 = FloatVector.broadcast(SPECIES, a[ak + 3]).fma(row, c3);
      c4 = FloatVector.broadcast(SPECIES, a[ak + 4]).fma(row, c4);
      c5 = FloatVector.broadcast(SPECIES, a[ak + 5]).fma(row, c5);
      c6 = FloatVector.broadcast(SPECIES, a[ak + 6]).fma(row, c6);
      c7 = FloatVector.broadcast(SPECIES, a[ak + 7]).fma(row, c7);
    }
    float[] c = t.c;
    at = t.cBase;
    c0.intoArray(c, at);
    at += t.cStride;
    c1.intoArray(c, at);
    at += t.cStride;
    c2.intoArray(c, at);
    at += t.cStride;
    c3.intoArray(c, at);
    at += t.cStride;
    c4.intoArray(c, at);
    at += t.cStride;
    c5.intoArray(c, at);
    at += t.cStride;
    c6.intoArray(c, at);
    at += t.cStride;
    c7.intoArray(c, at);
  }
}
