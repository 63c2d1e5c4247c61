package dev.peephole.runtime.data.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types of elements that an IDX file can have. */
enum IdxType {
  UNSIGNED_BYTE(0x08, 1) {
    @Override
    double number(ByteBuffer bytes, int index) {
      return Byte.toUnsignedInt(bytes.get(index));
    }
  },
  BYTE(0x09, Byte.BYTES) {
    @Override
    double number(ByteBuffer bytes, int index) {
      return bytes.get(index);
    }
  },
  SHORT(0x0B, Short.BYTES) {
    @Override
    double number(ByteBuffer bytes, int index) {
      return bytes.getShort(index * bytes());
    }
  },
  INT(0x0C, Integer.BYTES) {
    @Override
    double number(ByteBuffer bytes, int index) {
      return bytes.getInt(index * bytes());
    }
  },
  FLOAT(0x0D, Float.BYTES) {
    @Override
    double number(ByteBuffer bytes, int index) {
      return bytes.getFloat(index * bytes());
    }
  },
  DOUBLE(0x0E, Double.BYTES) {
    @Override
    double number(ByteBuffer bytes, int index) {
      return bytes.getDouble(index * bytes());
    }
  };

  private final int code;
  private final int bytes;

  IdxType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The type with a code, which is the file's third byte. */
  static Optional<IdxType> of(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /** The length of an element in bytes. */
  int bytes() {
    return bytes;
  }

  /** An element of big-endian bytes, counted from 0. */
  abstract double number(ByteBuffer bytes, int index);
}
