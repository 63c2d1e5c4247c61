package dev.peephole.runtime.kernel;

/**
 * The product as three loops in place. No preparation, so it is the fastest for the smallest
 * matrices; too slow for others, because each step loads and stores an element of c.
 */
final class PlainProduct implements ProductForm {

  @Override
  public void multiply(Operand a, Operand b, Operand c, int rows, int inner, int columns) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        c.array[c.at(i, j)] = 0;
      }
      for (int k = 0; k < inner; k++) {
        addRow(a.array[a.at(i, k)], b, b.at(k, 0), c, c.at(i, 0), columns);
      }
    }
  }

  /** c[i, :] += x · b[k, :], given where the rows begin. */
  private static void addRow(float x, Operand b, int bRow, Operand c, int cRow, int columns) {
    float[] from = b.array;
    float[] to = c.array;
    int bStride = b.columnStride;
    int cStride = c.columnStride;
    for (int j = 0; j < columns; j++) {
      int cj = cRow + j * cStride;
      to[cj] = Math.fma(x, from[bRow + j * bStride], to[cj]);
    }
  }
}
