package dev.peephole.runtime.file;

import dev.peephole.runtime.Tensor;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;

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

  /** Adds its bytes, as they are in a file, to a checksum. */
  void addTo(CRC32C crc) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(bytes())).order(ByteOrder.LITTLE_ENDIAN);
    type().write(values, bytes);
    crc.update(bytes.array());
  }

  /** Copies all of its numbers, rounded to the tensor's precision. */
  void copyTo(Tensor tensor) {
    for (int i = 0; i < Array.getLength(values); i++) {
      tensor.set(i, Array.getDouble(values, i));
    }
  }
}
