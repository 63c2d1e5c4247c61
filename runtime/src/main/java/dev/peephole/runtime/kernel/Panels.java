package dev.peephole.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A block of a matrix rearranged for the register tiles: panels of a few columns each, in which one
 * row follows another without a gap. A tile then reads its panel from the first number to the last,
 * one cache line after another. What stands in columns that a last panel lacks is of no account:
 * the sums of a tile that sticks out of the product are dropped.
 */
final class Panels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final int width;
  private float[] array = new float[0];
  private int depth;
  private int firstColumn;

  /** Panels of {@code width} columns. */
  Panels(int width) {
    this.width = width;
  }

  float[] array() {
    return array;
  }

  /** Where the panel that begins with a column begins in the array. */
  int start(int column) {
    return (column - firstColumn) / width * distance();
  }

  /** From panel to panel: a row more than needed, lest they compete for the same cache lines. */
  private int distance() {
    return (depth + 1) * width;
  }

  /** Takes m[k .. k + depth, begin .. end] in place of what was there. */
  void pack(Operand m, int k, int depth, int begin, int end) {
    this.depth = depth;
    this.firstColumn = begin;
    int length = (end - begin + width - 1) / width * distance();
    if (array.length < length) {
      array = new float[length];
    }
    if (m.hasContiguousRows()) {
      copy(m, k, begin, end);
    } else {
      transpose(m, k, begin, end);
    }
  }

  /** Row by row, each dealt out to all panels: memory is read in the order in which it lies. */
  private void copy(Operand m, int k0, int begin, int end) {
    int fullEnd = end - (end - begin) % width;
    for (int k = 0; k < depth; k++) {
      int from = m.at(k0 + k, begin);
      int to = k * width;
      for (int j = begin; j < fullEnd; j += width) {
        System.arraycopy(m.array, from, array, to, width);
        from += width;
        to += distance();
      }
    }
    if (fullEnd < end) {
      copyLast(m, m.at(k0, fullEnd), start(fullEnd), end - fullEnd);
    }
  }

  /** The last columns by whole vectors; what these bring from behind a row is of no account. */
  private void copyLast(Operand m, int from, int to, int columns) {
    int vectors = columns > LANES && width > LANES ? 2 : 1;
    int reach = width < LANES ? -1 : m.array.length - vectors * LANES - from;
    int whole = reach < 0 ? 0 : Math.min(depth, reach / m.rowStride + 1);
    for (int j = 0; j < vectors * LANES; j += LANES) {
      copyVectors(m.array, from + j, m.rowStride, to + j, whole);
    }
    for (int k = whole; k < depth; k++) {
      System.arraycopy(m.array, from + k * m.rowStride, array, to + k * width, columns);
    }
  }

  private void copyVectors(float[] m, int from, int stride, int to, int rows) {
    float[] panel = array;
    for (int k = 0; k < rows; k++) {
      FloatVector.fromArray(SPECIES, m, from + k * stride).intoArray(panel, to + k * width);
    }
  }

  private void transpose(Operand m, int k, int begin, int end) {
    for (int j = begin; j < end; j += width) {
      transposePanel(m, k, j, Math.min(width, end - j));
    }
  }

  /** Four columns at a time, so that each visit to a row of the panel stores four numbers. */
  private void transposePanel(Operand m, int k, int begin, int columns) {
    int to = start(begin);
    int j = 0;
    for (; j + 4 <= columns; j += 4) {
      fourColumns(m.array, m.at(k, begin + j), m.columnStride, to + j);
    }
    for (; j < columns; j++) {
      oneColumn(m.array, m.at(k, begin + j), to + j);
    }
  }

  private void fourColumns(float[] from, int column0, int columnStride, int to) {
    int column1 = column0 + columnStride;
    int column2 = column1 + columnStride;
    int column3 = column2 + columnStride;
    for (int k = 0, at = to; k < depth; k++, at += width) {
      float x0 = from[column0 + k];
      float x1 = from[column1 + k];
      float x2 = from[column2 + k];
      float x3 = from[column3 + k];
      array[at] = x0;
      array[at + 1] = x1;
      array[at + 2] = x2;
      array[at + 3] = x3;
    }
  }

  private void oneColumn(float[] from, int column, int to) {
    for (int k = 0; k < depth; k++) {
      array[to + k * width] = from[column + k];
    }
  }
}
