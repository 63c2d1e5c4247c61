package dev.peephole.runtime.file;

import dev.peephole.runtime.Tensor;
import java.lang.reflect.Array;
import java.util.List;

/**
 * An array in a file.
 *
 * @param shape the lengths of its axes
 * @param values {@code float[]}, {@code double[]}, {@code int[]} or {@code long[]}
 */
record StoredArray(List<Long> shape, Object values) {

  ElementType type() {
    return ElementType.of(values);
  }

  /** Its length in a file. */
  long bytes() {
    return (long) Array.getLength(values) * type().bytes();
  }

  /** Copies all of its numbers, rounded to the tensor's precision. */
  void copyTo(Tensor tensor) {
    for (int i = 0; i < Array.getLength(values); i++) {
      tensor.set(i, Array.getDouble(values, i));
    }
  }
}
