package dev.peephole.runtime.kernel;

import java.util.Arrays;

/**
 * The product in plain Java, laid out so that the just-in-time compiler vectorises its inner loop.
 *
 * <p>It does so only where every array of the loop is read at the same index. So a block of b is
 * copied row by row into arrays of its own, which all begin at index 0, and so is the row of c at
 * work. Four rows of b are taken in one pass, which quarters the traffic on c.
 */
final class ScalarProduct implements ProductForm {
  private static final int DEPTH = 256;
  private static final int WIDTH = 512;

  /** A block of b, at most {@code DEPTH × WIDTH}: blockRows[k][j]. */
  private float[][] blockRows = new float[0][];

  /** The part of a row of c above that block. */
  private float[] sums = new float[0];

  @Override
  public String toString() {
    return "scalar";
  }

  @Override
  public void multiply(Operand a, Operand b, Operand c, int rows, int inner, int columns) {
    reserve(Math.min(inner, DEPTH), Math.min(columns, WIDTH));
    for (int j = 0; j < columns; j += WIDTH) {
      int width = Math.min(WIDTH, columns - j);
      for (int k = 0; k < inner; k += DEPTH) {
        int depth = Math.min(DEPTH, inner - k);
        copyBlock(b, k, j, depth, width);
        for (int i = 0; i < rows; i++) {
          loadSums(c, i, j, width, k == 0);
          addRows(a, i, k, depth, width);
          storeSums(c, i, j, width);
        }
      }
    }
  }

  private void reserve(int depth, int width) {
    if (blockRows.length < depth || sums.length < width) {
      depth = Math.max(depth, blockRows.length);
      width = Math.max(width, sums.length);
      blockRows = new float[depth][width];
      sums = new float[width];
    }
  }

  private void copyBlock(Operand b, int k0, int j0, int depth, int width) {
    for (int k = 0; k < depth; k++) {
      float[] row = blockRows[k];
      int from = b.at(k0 + k, j0);
      if (b.hasContiguousRows()) {
        System.arraycopy(b.array, from, row, 0, width);
      } else {
        for (int j = 0; j < width; j++) {
          row[j] = b.array[from + j * b.columnStride];
        }
      }
    }
  }

  private void loadSums(Operand c, int i, int j, int width, boolean first) {
    if (first) {
      Arrays.fill(sums, 0, width, 0);
    } else {
      System.arraycopy(c.array, c.at(i, j), sums, 0, width);
    }
  }

  private void storeSums(Operand c, int i, int j, int width) {
    System.arraycopy(sums, 0, c.array, c.at(i, j), width);
  }

  /** sums += a[i, k0 .. k0 + depth] · block. */
  private void addRows(Operand a, int i, int k0, int depth, int width) {
    float[] x = a.array;
    int stride = a.columnStride;
    int at = a.at(i, k0);
    int k = 0;
    for (; k + 4 <= depth; k += 4, at += 4 * stride) {
      addFourRows(
          sums,
          width,
          x[at],
          blockRows[k],
          x[at + stride],
          blockRows[k + 1],
          x[at + 2 * stride],
          blockRows[k + 2],
          x[at + 3 * stride],
          blockRows[k + 3]);
    }
    for (; k < depth; k++, at += stride) {
      addRow(sums, width, x[at], blockRows[k]);
    }
  }

  private static void addRow(float[] c, int width, float x, float[] row) {
    for (int j = 0; j < width; j++) {
      c[j] = Math.fma(x, row[j], c[j]);
    }
  }

  private static void addFourRows(
      float[] c,
      int width,
      float x0,
      float[] row0,
      float x1,
      float[] row1,
      float x2,
      float[] row2,
      float x3,
      float[] row3) {
    for (int j = 0; j < width; j++) {
      float sum = Math.fma(x0, row0[j], c[j]);
      sum = Math.fma(x1, row1[j], sum);
      sum = Math.fma(x2, row2[j], sum);
      c[j] = Math.fma(x3, row3[j], sum);
    }
  }
}
