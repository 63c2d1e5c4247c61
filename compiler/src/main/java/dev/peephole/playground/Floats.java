package dev.peephole.playground;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.function.IntToDoubleFunction;

/** Numbers for the page: in single precision, little-endian, in Base64. */
final class Floats {
  private Floats() {}

  static String of(int count, IntToDoubleFunction number) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat((float) number.applyAsDouble(i));
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
