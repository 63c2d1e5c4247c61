package dev.peephole.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Windows times two vectors of columns: eight windows, or eight numbers of each window, whose
 * sixteen sums take as many registers. Each number of x is spread over a vector once for both.
 *
 * <p>Written out, because the just-in-time compiler keeps sums in registers only if each has a
 * name.
 */
final class WideWindows {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Columns at a time. */
  static final int COLUMNS = 2 * LANES;

  /** Where a vector holds 8 numbers there are 16 registers for vectors: too few. */
  private static final boolean HAS_REGISTERS = LANES != 8;

  /** Whether so many columns are enough, and registers for all sums, too. */
  static boolean fit(int columns) {
    return HAS_REGISTERS && COLUMNS <= columns;
  }

  private WideWindows() {}

  /**
   * Eight windows times two panels of w, stored where they belong.
   *
   * @param at where in x the windows begin
   * @param left where in w the first panel begins
   * @param right where the second one does
   * @param to where in z the first window's numbers go
   */
  static void tile(
      float[] x,
      int[] offsets,
      int[] at,
      float[] w,
      int left,
      int right,
      float[] z,
      int to,
      int columns) {
    int a0 = at[0];
    int a1 = at[1];
    int a2 = at[2];
    int a3 = at[3];
    int a4 = at[4];
    int a5 = at[5];
    int a6 = at[6];
    int a7 = at[7];
    FloatVector l0 = FloatVector.zero(SPECIES);
    FloatVector r0 = l0;
    FloatVector l1 = l0;
    FloatVector r1 = l0;
    FloatVector l2 = l0;
    FloatVector r2 = l0;
    FloatVector l3 = l0;
    FloatVector r3 = l0;
    FloatVector l4 = l0;
    FloatVector r4 = l0;
    FloatVector l5 = l0;
    FloatVector r5 = l0;
    FloatVector l6 = l0;
    FloatVector r6 = l0;
    FloatVector l7 = l0;
    FloatVector r7 = l0;
    for (int k = 0; k < offsets.length; k++) {
      FloatVector b = FloatVector.fromArray(SPECIES, w, left + k * LANES);
      FloatVector c = FloatVector.fromArray(SPECIES, w, right + k * LANES);
      int offset = offsets[k];
      FloatVector x0 = FloatVector.broadcast(SPECIES, x[a0 + offset]);
      l0 = x0.fma(b, l0);
      r0 = x0.fma(c, r0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, x[a1 + offset]);
      l1 = x1.fma(b, l1);
      r1 = x1.fma(c, r1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, x[a2 + offset]);
      l2 = x2.fma(b, l2);
      r2 = x2.fma(c, r2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, x[a3 + offset]);
      l3 = x3.fma(b, l3);
      r3 = x3.fma(c, r3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, x[a4 + offset]);
      l4 = x4.fma(b, l4);
      r4 = x4.fma(c, r4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, x[a5 + offset]);
      l5 = x5.fma(b, l5);
      r5 = x5.fma(c, r5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, x[a6 + offset]);
      l6 = x6.fma(b, l6);
      r6 = x6.fma(c, r6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, x[a7 + offset]);
      l7 = x7.fma(b, l7);
      r7 = x7.fma(c, r7);
    }
    l0.intoArray(z, to);
    r0.intoArray(z, to + LANES);
    l1.intoArray(z, to + columns);
    r1.intoArray(z, to + columns + LANES);
    l2.intoArray(z, to + 2 * columns);
    r2.intoArray(z, to + 2 * columns + LANES);
    l3.intoArray(z, to + 3 * columns);
    r3.intoArray(z, to + 3 * columns + LANES);
    l4.intoArray(z, to + 4 * columns);
    r4.intoArray(z, to + 4 * columns + LANES);
    l5.intoArray(z, to + 5 * columns);
    r5.intoArray(z, to + 5 * columns + LANES);
    l6.intoArray(z, to + 6 * columns);
    r6.intoArray(z, to + 6 * columns + LANES);
    l7.intoArray(z, to + 7 * columns);
    r7.intoArray(z, to + 7 * columns + LANES);
  }

  /**
   * Eight numbers of each window of an image times two vectors of columns of z, added to the sums.
   *
   * @param image where in x the image begins
   * @param at where in a window the numbers are
   * @param sums of the first column vector for each number, and of the second behind them
   */
  static void addImage(
      float[] x,
      int image,
      int[] at,
      int[] starts,
      float[] z,
      int from,
      int count,
      int columns,
      float[] sums) {
    int a0 = image + at[0];
    int a1 = image + at[1];
    int a2 = image + at[2];
    int a3 = image + at[3];
    int a4 = image + at[4];
    int a5 = image + at[5];
    int a6 = image + at[6];
    int a7 = image + at[7];
    FloatVector l0 = FloatVector.fromArray(SPECIES, sums, 0);
    FloatVector r0 = FloatVector.fromArray(SPECIES, sums, LANES);
    FloatVector l1 = FloatVector.fromArray(SPECIES, sums, COLUMNS);
    FloatVector r1 = FloatVector.fromArray(SPECIES, sums, COLUMNS + LANES);
    FloatVector l2 = FloatVector.fromArray(SPECIES, sums, 2 * COLUMNS);
    FloatVector r2 = FloatVector.fromArray(SPECIES, sums, 2 * COLUMNS + LANES);
    FloatVector l3 = FloatVector.fromArray(SPECIES, sums, 3 * COLUMNS);
    FloatVector r3 = FloatVector.fromArray(SPECIES, sums, 3 * COLUMNS + LANES);
    FloatVector l4 = FloatVector.fromArray(SPECIES, sums, 4 * COLUMNS);
    FloatVector r4 = FloatVector.fromArray(SPECIES, sums, 4 * COLUMNS + LANES);
    FloatVector l5 = FloatVector.fromArray(SPECIES, sums, 5 * COLUMNS);
    FloatVector r5 = FloatVector.fromArray(SPECIES, sums, 5 * COLUMNS + LANES);
    FloatVector l6 = FloatVector.fromArray(SPECIES, sums, 6 * COLUMNS);
    FloatVector r6 = FloatVector.fromArray(SPECIES, sums, 6 * COLUMNS + LANES);
    FloatVector l7 = FloatVector.fromArray(SPECIES, sums, 7 * COLUMNS);
    FloatVector r7 = FloatVector.fromArray(SPECIES, sums, 7 * COLUMNS + LANES);
    for (int i = 0; i < count; i++) {
      FloatVector b = FloatVector.fromArray(SPECIES, z, from + i * columns);
      FloatVector c = FloatVector.fromArray(SPECIES, z, from + i * columns + LANES);
      int start = starts[i];
      FloatVector x0 = FloatVector.broadcast(SPECIES, x[a0 + start]);
      l0 = x0.fma(b, l0);
      r0 = x0.fma(c, r0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, x[a1 + start]);
      l1 = x1.fma(b, l1);
      r1 = x1.fma(c, r1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, x[a2 + start]);
      l2 = x2.fma(b, l2);
      r2 = x2.fma(c, r2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, x[a3 + start]);
      l3 = x3.fma(b, l3);
      r3 = x3.fma(c, r3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, x[a4 + start]);
      l4 = x4.fma(b, l4);
      r4 = x4.fma(c, r4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, x[a5 + start]);
      l5 = x5.fma(b, l5);
      r5 = x5.fma(c, r5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, x[a6 + start]);
      l6 = x6.fma(b, l6);
      r6 = x6.fma(c, r6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, x[a7 + start]);
      l7 = x7.fma(b, l7);
      r7 = x7.fma(c, r7);
    }
    l0.intoArray(sums, 0);
    r0.intoArray(sums, LANES);
    l1.intoArray(sums, COLUMNS);
    r1.intoArray(sums, COLUMNS + LANES);
    l2.intoArray(sums, 2 * COLUMNS);
    r2.intoArray(sums, 2 * COLUMNS + LANES);
    l3.intoArray(sums, 3 * COLUMNS);
    r3.intoArray(sums, 3 * COLUMNS + LANES);
    l4.intoArray(sums, 4 * COLUMNS);
    r4.intoArray(sums, 4 * COLUMNS + LANES);
    l5.intoArray(sums, 5 * COLUMNS);
    r5.intoArray(sums, 5 * COLUMNS + LANES);
    l6.intoArray(sums, 6 * COLUMNS);
    r6.intoArray(sums, 6 * COLUMNS + LANES);
    l7.intoArray(sums, 7 * COLUMNS);
    r7.intoArray(sums, 7 * COLUMNS + LANES);
  }
}
