package dev.peephole.runtime.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Windows through the JDK's Vector API. A vector is columns of the matrix; it meets eight windows,
 * or eight numbers of a window, each of which is one number of x for all lanes.
 *
 * <p>Written out, because the just-in-time compiler keeps sums in registers only if each has a
 * name.
 */
final class VectorWindows implements WindowForm {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int ROWS = 8;

  /** Columns of w, a vector wide, one panel after another, with zeros behind the last column. */
  private float[] panels = new float[0];

  /** The sums of a tile. */
  private final float[] sums = new float[ROWS * WideWindows.COLUMNS];

  /** Where the rows of a tile begin in an image, or in a window. */
  private final int[] at = new int[ROWS];

  @Override
  public void multiply(
      WindowProduct.Windows windows, float[] x, float[] w, float[] z, int images, int columns) {
    pack(w, windows.size(), columns);
    int[] starts = windows.starts();
    for (int n = 0; n < images; n++) {
      int image = n * windows.image();
      int row = n * windows.count();
      for (int first = 0; first < windows.count(); first += ROWS) {
        int rows = Math.min(ROWS, windows.count() - first);
        for (int r = 0; r < ROWS; r++) {
          at[r] = image + starts[first + Math.min(r, rows - 1)];
        }
        int j = 0;
        for (; rows == ROWS && WideWindows.fit(columns - j); j += WideWindows.COLUMNS) {
          int left = j * windows.size();
          int right = left + LANES * windows.size();
          int to = (row + first) * columns + j;
          WideWindows.tile(x, windows.offsets(), at, panels, left, right, z, to, columns);
        }
        for (; j < columns; j += LANES) {
          tile(x, windows.offsets(), j * windows.size(), z, row + first, j, rows, columns);
        }
      }
    }
  }

  private void pack(float[] w, int inner, int columns) {
    int count = (columns + LANES - 1) / LANES;
    if (panels.length < count * inner * LANES) {
      panels = new float[count * inner * LANES];
    }
    int to = 0;
    for (int j = 0; j < columns; j += LANES) {
      int width = Math.min(LANES, columns - j);
      for (int k = 0; k < inner; k++) {
        System.arraycopy(w, k * columns + j, panels, to, width);
        for (int lane = width; lane < LANES; lane++) {
          panels[to + lane] = 0;
        }
        to += LANES;
      }
    }
  }

  /** Eight windows times a panel of w. */
  private void tile(
      float[] x, int[] offsets, int panel, float[] z, int row, int column, int rows, int columns) {
    float[] w = panels;
    int a0 = at[0];
    int a1 = at[1];
    int a2 = at[2];
    int a3 = at[3];
    int a4 = at[4];
    int a5 = at[5];
    int a6 = at[6];
    int a7 = at[7];
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int k = 0; k < offsets.length; k++) {
      FloatVector b = FloatVector.fromArray(SPECIES, w, panel + k * LANES);
      int offset = offsets[k];
      s0 = FloatVector.broadcast(SPECIES, x[a0 + offset]).fma(b, s0);
      s1 = FloatVector.broadcast(SPECIES, x[a1 + offset]).fma(b, s1);
      s2 = FloatVector.broadcast(SPECIES, x[a2 + offset]).fma(b, s2);
      s3 = FloatVector.broadcast(SPECIES, x[a3 + offset]).fma(b, s3);
      s4 = FloatVector.broadcast(SPECIES, x[a4 + offset]).fma(b, s4);
      s5 = FloatVector.broadcast(SPECIES, x[a5 + offset]).fma(b, s5);
      s6 = FloatVector.broadcast(SPECIES, x[a6 + offset]).fma(b, s6);
      s7 = FloatVector.broadcast(SPECIES, x[a7 + offset]).fma(b, s7);
    }
    int to = row * columns + column;
    boolean few = columns < LANES && to + (ROWS - 1) * columns + LANES <= z.length;
    if (rows == ROWS && (few || column + LANES <= columns)) {
      // What reaches into the next row is overwritten by that one.
      s0.intoArray(z, to);
      s1.intoArray(z, to + columns);
      s2.intoArray(z, to + 2 * columns);
      s3.intoArray(z, to + 3 * columns);
      s4.intoArray(z, to + 4 * columns);
      s5.intoArray(z, to + 5 * columns);
      s6.intoArray(z, to + 6 * columns);
      s7.intoArray(z, to + 7 * columns);
      return;
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, LANES);
    s2.intoArray(sums, 2 * LANES);
    s3.intoArray(sums, 3 * LANES);
    s4.intoArray(sums, 4 * LANES);
    s5.intoArray(sums, 5 * LANES);
    s6.intoArray(sums, 6 * LANES);
    s7.intoArray(sums, 7 * LANES);
    int width = Math.min(LANES, columns - column);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(sums, r * LANES, z, to + r * columns, width);
    }
  }

  @Override
  public void multiplyLeftTransposed(
      WindowProduct.Windows windows, float[] x, float[] z, float[] w, int images, int columns) {
    int all = images * windows.count();
    int j = 0;
    for (; WideWindows.fit(columns - j); j += WideWindows.COLUMNS) {
      multiplyWide(windows, x, z, w, images, columns, j);
    }
    for (; j < columns; j += LANES) {
      int whole = Math.min(all, Math.floorDiv(z.length - LANES - j, columns) + 1);
      for (int k = 0; k < windows.size(); k += ROWS) {
        int rows = Math.min(ROWS, windows.size() - k);
        takeNumbers(windows, k, rows);
        for (int done = 0, image = 0; done < whole; done += windows.count()) {
          int count = Math.min(windows.count(), whole - done);
          addImage(x, image, windows.starts(), z, done * columns + j, count, columns);
          image += windows.image();
        }
        int width = Math.min(LANES, columns - j);
        for (int r = 0; r < rows; r++) {
          System.arraycopy(sums, r * LANES, w, (k + r) * columns + j, width);
        }
        addLast(windows, x, z, Math.max(0, whole), w, all, k, j, rows, columns);
      }
    }
  }

  /** Two vectors of columns, from one on; for all windows, as rows of z are at least as long. */
  private void multiplyWide(
      WindowProduct.Windows windows,
      float[] x,
      float[] z,
      float[] w,
      int images,
      int columns,
      int column) {
    for (int k = 0; k < windows.size(); k += ROWS) {
      int rows = Math.min(ROWS, windows.size() - k);
      takeNumbers(windows, k, rows);
      for (int n = 0; n < images; n++) {
        int image = n * windows.image();
        int from = n * windows.count() * columns + column;
        WideWindows.addImage(
            x, image, at, windows.starts(), z, from, windows.count(), columns, sums);
      }
      for (int r = 0; r < rows; r++) {
        int to = (k + r) * columns + column;
        System.arraycopy(sums, r * WideWindows.COLUMNS, w, to, WideWindows.COLUMNS);
      }
    }
  }

  /** Begins with eight numbers of each window, or as many as there are. */
  private void takeNumbers(WindowProduct.Windows windows, int first, int rows) {
    for (int r = 0; r < ROWS; r++) {
      at[r] = windows.offsets()[first + Math.min(r, rows - 1)];
    }
    Arrays.fill(sums, 0);
  }

  /**
   * Eight numbers of each window of an image times a panel of z, added to the sums. These are kept
   * in memory from image to image: in one loop inside another the just-in-time compiler would
   * allocate the vectors.
   */
  private void addImage(
      float[] x, int image, int[] starts, float[] z, int from, int count, int columns) {
    int a0 = image + at[0];
    int a1 = image + at[1];
    int a2 = image + at[2];
    int a3 = image + at[3];
    int a4 = image + at[4];
    int a5 = image + at[5];
    int a6 = image + at[6];
    int a7 = image + at[7];
    FloatVector s0 = FloatVector.fromArray(SPECIES, sums, 0);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sums, LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sums, 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, sums, 3 * LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, sums, 4 * LANES);
    FloatVector s5 = FloatVector.fromArray(SPECIES, sums, 5 * LANES);
    FloatVector s6 = FloatVector.fromArray(SPECIES, sums, 6 * LANES);
    FloatVector s7 = FloatVector.fromArray(SPECIES, sums, 7 * LANES);
    for (int i = 0; i < count; i++) {
      FloatVector b = FloatVector.fromArray(SPECIES, z, from + i * columns);
      int start = starts[i];
      s0 = FloatVector.broadcast(SPECIES, x[a0 + start]).fma(b, s0);
      s1 = FloatVector.broadcast(SPECIES, x[a1 + start]).fma(b, s1);
      s2 = FloatVector.broadcast(SPECIES, x[a2 + start]).fma(b, s2);
      s3 = FloatVector.broadcast(SPECIES, x[a3 + start]).fma(b, s3);
      s4 = FloatVector.broadcast(SPECIES, x[a4 + start]).fma(b, s4);
      s5 = FloatVector.broadcast(SPECIES, x[a5 + start]).fma(b, s5);
      s6 = FloatVector.broadcast(SPECIES, x[a6 + start]).fma(b, s6);
      s7 = FloatVector.broadcast(SPECIES, x[a7 + start]).fma(b, s7);
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, LANES);
    s2.intoArray(sums, 2 * LANES);
    s3.intoArray(sums, 3 * LANES);
    s4.intoArray(sums, 4 * LANES);
    s5.intoArray(sums, 5 * LANES);
    s6.intoArray(sums, 6 * LANES);
    s7.intoArray(sums, 7 * LANES);
  }

  /** The last windows, for which a vector would reach over the end of z, number by number. */
  private void addLast(
      WindowProduct.Windows windows,
      float[] x,
      float[] z,
      int whole,
      float[] w,
      int all,
      int row,
      int column,
      int rows,
      int columns) {
    int width = Math.min(LANES, columns - column);
    for (int window = whole; window < all; window++) {
      int start = windows.start(window);
      for (int r = 0; r < rows; r++) {
        float number = x[start + windows.offsets()[row + r]];
        int to = (row + r) * columns + column;
        for (int j = 0; j < width; j++) {
          w[to + j] = Math.fma(number, z[window * columns + column + j], w[to + j]);
        }
      }
    }
  }

  @Override
  public void add(float[] numbers, int from, float[] sums, int to, int count) {
    int k = 0;
    for (; k + LANES <= count; k += LANES) {
      FloatVector.fromArray(SPECIES, sums, to + k)
          .add(FloatVector.fromArray(SPECIES, numbers, from + k))
          .intoArray(sums, to + k);
    }
    for (; k < count; k++) {
      sums[to + k] += numbers[from + k];
    }
  }
}
