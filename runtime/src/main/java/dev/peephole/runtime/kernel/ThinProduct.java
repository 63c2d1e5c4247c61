package dev.peephole.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product for very few rows, such as a batch of one example. An element of b is used so few
 * times that nothing is worth rearranging: each row of c is a weighted sum of the rows of b, which
 * are read where they lie, a strip of columns at a time.
 */
final class ThinProduct implements ProductForm {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** The columns of c that the wide strip keeps in registers. */
  static final int STRIP = 8 * LANES;

  private final float[] sums = new float[LANES];

  /** Needs rows of b that are contiguous. */
  @Override
  public void multiply(Operand a, Operand b, Operand c, int rows, int inner, int columns) {
    for (int i = 0; i < rows; i++) {
      if (columns < LANES) {
        narrow(a, b, c, i, inner, columns);
        continue;
      }
      int j = 0;
      for (; j + STRIP <= columns; j += STRIP) {
        wideStrip(a, b, c, i, j, inner);
      }
      for (; j < columns; j += LANES) {
        // The last strip may begin earlier, and computes a few elements for the second time.
        strip(a, b, c, i, Math.min(j, columns - LANES), inner);
      }
    }
  }

  /**
   * A row of c shorter than a vector: vectors of b reach into its next row, and what they bring
   * from there is dropped. The last rows of b, behind which its array ends, are taken number by
   * number.
   */
  private void narrow(Operand a, Operand b, Operand c, int i, int inner, int columns) {
    int reach = b.array.length - LANES - b.at(0, 0);
    int whole = Math.max(0, Math.min(inner, Math.floorDiv(reach, b.rowStride) + 1));
    sum(a, b, i, 0, whole).intoArray(sums, 0);
    for (int j = 0; j < columns; j++) {
      float sum = sums[j];
      for (int k = whole; k < inner; k++) {
        sum = Math.fma(a.array[a.at(i, k)], b.array[b.at(k, j)], sum);
      }
      c.array[c.at(i, j)] = sum;
    }
  }

  /** c[i, j .. j + LANES]. */
  private static void strip(Operand a, Operand b, Operand c, int i, int j, int inner) {
    sum(a, b, i, j, inner).intoArray(c.array, c.at(i, j));
  }

  /** The first terms of c[i, j .. j + LANES]. */
  private static FloatVector sum(Operand a, Operand b, int i, int j, int terms) {
    int aRow = a.at(i, 0);
    int bColumn = b.at(0, j);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int k = 0; k < terms; k++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a.array[aRow + k * a.columnStride]);
      sum = x.fma(FloatVector.fromArray(SPECIES, b.array, bColumn + k * b.rowStride), sum);
    }
    return sum;
  }

  /** c[i, j .. j + 8 · LANES]: eight independent sums, enough to keep the processor busy. */
  private static void wideStrip(Operand a, Operand b, Operand c, int i, int j, int inner) {
    int aRow = a.at(i, 0);
    int bColumn = b.at(0, j);
    float[] row = b.array;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    for (int k = 0; k < inner; k++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a.array[aRow + k * a.columnStride]);
      int at = bColumn + k * b.rowStride;
      c0 = x.fma(FloatVector.fromArray(SPECIES, row, at), c0);
      c1 = x.fma(FloatVector.fromArray(SPECIES, row, at + LANES), c1);
      c2 = x.fma(FloatVector.fromArray(SPECIES, row, at + 2 * LANES), c2);
      c3 = x.fma(FloatVector.fromArray(SPECIES, row, at + 3 * LANES), c3);
      c4 = x.fma(FloatVector.fromArray(SPECIES, row, at + 4 * LANES), c4);
      c5 = x.fma(FloatVector.fromArray(SPECIES, row, at + 5 * LANES), c5);
      c6 = x.fma(FloatVector.fromArray(SPECIES, row, at + 6 * LANES), c6);
      c7 = x.fma(FloatVector.fromArray(SPECIES, row, at + 7 * LANES), c7);
    }
    int at = c.at(i, j);
    c0.intoArray(c.array, at);
    c1.intoArray(c.array, at + LANES);
    c2.intoArray(c.array, at + 2 * LANES);
    c3.intoArray(c.array, at + 3 * LANES);
    c4.intoArray(c.array, at + 4 * LANES);
    c5.intoArray(c.array, at + 5 * LANES);
    c6.intoArray(c.array, at + 6 * LANES);
    c7.intoArray(c.array, at + 7 * LANES);
  }
}
