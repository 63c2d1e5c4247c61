package dev.peephole.samples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The first examples of gzipped IDX files whose elements are bytes. */
final class IdxHeads {
  private IdxHeads() {}

  /** Copies every such file of a folder, cut to so many examples. */
  static void copy(Path from, Path to, int examples) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(f -> f.toString().endsWith("-ubyte.gz")).toList()) {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file));
            OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(to.resolve(file.getFileName())))) {
          out.write(head(in.readAllBytes(), examples));
        }
      }
    }
  }

  /** The header is a magic number, whose last byte counts the axes, and the length of each. */
  private static byte[] head(byte[] file, int examples) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int axes = bytes.getInt() & 0xFF;
    int size = 4 + 4 * axes;
    int each = 1;
    for (int axis = 1; axis < axes; axis++) {
      each *= bytes.getInt(4 + 4 * axis);
    }
    byte[] head = new byte[size + examples * each];
    bytes.putInt(4, examples);
    bytes.get(0, head);
    return head;
  }
}
