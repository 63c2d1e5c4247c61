package dev.peephole.runtime.kernel;

/**
 * A matrix somewhere in an array: element (row, column) is at {@code offset + row · rowStride +
 * column · columnStride}. One of the strides is 1; swapping them transposes the matrix without
 * moving a number.
 *
 * <p>Mutable, so that a product allocates nothing.
 */
final class Operand {
  float[] array;
  int offset;
  int rowStride;
  int columnStride;

  void set(float[] array, int offset, int rowStride, int columnStride) {
    this.array = array;
    this.offset = offset;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
  }

  /** Becomes the transpose of another operand, on the same numbers. */
  void setTransposed(Operand other) {
    set(other.array, other.offset, other.columnStride, other.rowStride);
  }

  /** The index of an element in the array. */
  int at(int row, int column) {
    return offset + row * rowStride + column * columnStride;
  }

  /** Whether the elements of a row are neighbours. */
  boolean hasContiguousRows() {
    return columnStride == 1;
  }
}
