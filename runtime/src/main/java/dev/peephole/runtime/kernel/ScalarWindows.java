package dev.peephole.runtime.kernel;

import java.util.Arrays;

/** Windows in plain Java: each number of a window times a row of the matrix. */
final class ScalarWindows implements WindowForm {

  @Override
  public void multiply(
      WindowProduct.Windows windows, float[] x, float[] w, float[] z, int images, int columns) {
    Arrays.fill(z, 0, images * windows.count() * columns, 0);
    int to = 0;
    for (int n = 0; n < images; n++) {
      for (int start : windows.starts()) {
        int at = n * windows.image() + start;
        for (int k = 0; k < windows.size(); k++) {
          float number = x[at + windows.offsets()[k]];
          for (int j = 0; j < columns; j++) {
            z[to + j] = Math.fma(number, w[k * columns + j], z[to + j]);
          }
        }
        to += columns;
      }
    }
  }

  @Override
  public void multiplyLeftTransposed(
      WindowProduct.Windows windows, float[] x, float[] z, float[] w, int images, int columns) {
    Arrays.fill(w, 0, windows.size() * columns, 0);
    int from = 0;
    for (int n = 0; n < images; n++) {
      for (int start : windows.starts()) {
        int at = n * windows.image() + start;
        for (int k = 0; k < windows.size(); k++) {
          float number = x[at + windows.offsets()[k]];
          for (int j = 0; j < columns; j++) {
            w[k * columns + j] = Math.fma(number, z[from + j], w[k * columns + j]);
          }
        }
        from += columns;
      }
    }
  }

  @Override
  public void add(float[] numbers, int from, float[] sums, int to, int count) {
    for (int k = 0; k < count; k++) {
      sums[to + k] += numbers[from + k];
    }
  }
}
