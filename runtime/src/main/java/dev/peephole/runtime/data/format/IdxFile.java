package dev.peephole.runtime.data.format;

import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.Field;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An IDX file: two zero bytes, a byte for the elements' type, a byte for the number of axes, the
 * length of each axis as a big-endian {@code int}, then the elements, big-endian too. The first
 * axis counts the examples. A gzipped file is known by its first two bytes.
 */
final class IdxFile implements AutoCloseable {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final long LARGEST = Integer.MAX_VALUE - 8;
  private static final int BUFFER = 1 << 16;

  private final String file;
  private final InputStream in;
  private final IdxType type;
  private final int[] lengths;
  private final int size;

  /**
   * Opens a file and reads its header.
   *
   * @throws DataException if it cannot be read or is no IDX file
   */
  IdxFile(Path path) {
    file = path.toString();
    in = open(path);
    try {
      int magic = ByteBuffer.wrap(bytes(Integer.BYTES)).getInt();
      int axes = magic & 0xff;
      type = IdxType.of(magic >>> 8).filter(known -> axes > 0).orElseThrow(() -> notIdx(magic));
      lengths = new int[axes];
      ByteBuffer.wrap(bytes(axes * Integer.BYTES)).asIntBuffer().get(lengths);
      size = size();
    } catch (DataException e) {
      close();
      throw e;
    }
  }

  /** Whether a file begins as an IDX file does, gzipped or not. */
  static boolean recognises(Path path) {
    try {
      new IdxFile(path).close();
      return true;
    } catch (DataException other) {
      return false;
    }
  }

  private InputStream open(Path path) {
    try {
      if (Files.size(path) == 0) {
        throw problem("is empty", "");
      }
      InputStream plain = new BufferedInputStream(Files.newInputStream(path), BUFFER);
      plain.mark(GZIP.length);
      boolean zipped = Arrays.equals(plain.readNBytes(GZIP.length), GZIP);
      plain.reset();
      return zipped ? new GZIPInputStream(plain, BUFFER) : plain;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** How many examples there are. */
  int examples() {
    return lengths[0];
  }

  /** What the file has for each example. */
  Field field(String name) {
    return Field.of(name, Arrays.copyOfRange(lengths, 1, lengths.length));
  }

  /**
   * Reads the elements.
   *
   * @throws DataException if there are fewer or more than the header says
   */
  Column load() {
    ByteBuffer elements = ByteBuffer.wrap(bytes(size));
    try {
      if (in.read() >= 0) {
        throw problem("goes on after the " + examples() + " examples of its header", "");
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return new Elements(file, type, elements, field("").size());
  }

  private byte[] bytes(int count) {
    try {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new EOFException();
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private DataException unreadable(IOException e) {
    String again = "was it downloaded to the end?";
    if (e instanceof EOFException) {
      return problem("ends too early", again);
    }
    return e instanceof ZipException
        ? problem("is damaged: " + e.getMessage(), again)
        : problem("cannot be read: " + e.getMessage(), "");
  }

  private DataException notIdx(int magic) {
    String message = String.format(Locale.ROOT, "is no IDX file: it begins with %08x", magic);
    return problem(message, "images begin with 00000803, their labels with 00000801");
  }

  /** The length of all elements in bytes. An axis of length 0 does not excuse a huge one. */
  private int size() {
    long bytes = type.bytes();
    for (int length : lengths) {
      bytes = length < 0 || bytes > LARGEST ? LARGEST + 1 : bytes * Math.max(1, length);
    }
    if (bytes > LARGEST) {
      throw problem("is too large: its axes are " + Arrays.toString(lengths), "");
    }
    return Arrays.stream(lengths).anyMatch(length -> length == 0) ? 0 : (int) bytes;
  }

  /** An error that names the file. */
  DataException problem(String message, String hint) {
    return DataException.in(file, message, hint);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private record Elements(String file, IdxType type, ByteBuffer elements, int width)
      implements Column {
    @Override
    public double number(int example, int k) {
      return type.number(elements, example * width + k);
    }

    @Override
    public DataException problem(int example, String message, String hint) {
      return DataException.in(file, message + " (example " + example + ", from 0)", hint);
    }
  }
}
