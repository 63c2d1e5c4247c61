package dev.peephole.runtime.file;

import java.nio.ByteBuffer;

/** The numbers that a safetensors file of ours holds, by the names that the format gives them. */
enum ElementType {
  F64(Double.BYTES) {
    @Override
    Object read(ByteBuffer bytes) {
      double[] values = new double[bytes.remaining() / bytes()];
      bytes.asDoubleBuffer().get(values);
      return values;
    }

    @Override
    void write(Object values, ByteBuffer bytes) {
      bytes.asDoubleBuffer().put((double[]) values);
    }
  },
  I64(Long.BYTES) {
    @Override
    Object read(ByteBuffer bytes) {
      long[] values = new long[bytes.remaining() / bytes()];
      bytes.asLongBuffer().get(values);
      return values;
    }

    @Override
    void write(Object values, ByteBuffer bytes) {
      bytes.asLongBuffer().put((long[]) values);
    }
  },
  F32(Float.BYTES) {
    @Override
    Object read(ByteBuffer bytes) {
      float[] values = new float[bytes.remaining() / bytes()];
      bytes.asFloatBuffer().get(values);
      return values;
    }

    @Override
    void write(Object values, ByteBuffer bytes) {
      bytes.asFloatBuffer().put((float[]) values);
    }
  },
  I32(Integer.BYTES) {
    @Override
    Object read(ByteBuffer bytes) {
      int[] values = new int[bytes.remaining() / bytes()];
      bytes.asIntBuffer().get(values);
      return values;
    }

    @Override
    void write(Object values, ByteBuffer bytes) {
      bytes.asIntBuffer().put((int[]) values);
    }
  };

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** The type of the elements of a Java array. */
  static ElementType of(Object array) {
    if (array instanceof float[]) {
      return F32;
    }
    if (array instanceof double[]) {
      return F64;
    }
    return array instanceof int[] ? I32 : I64;
  }

  /** The length of an element in bytes. */
  int bytes() {
    return bytes;
  }

  /** The array whose little-endian bytes are the rest of the buffer. */
  abstract Object read(ByteBuffer bytes);

  /** Puts an array into a little-endian buffer, whose position stays where it is. */
  abstract void write(Object values, ByteBuffer bytes);
}
