package dev.peephole.runtime.data.format;

import dev.peephole.runtime.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files in UTF-8, without the byte-order mark that some begin with. What is something else is an
 * error: a character in place of what cannot be read would make two labels one.
 */
public final class Utf8 {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int BLOCK = 1 << 16;
  private static final String HINT =
      "save it as UTF-8; of Latin-1, for instance, \"iconv -f latin1 -t utf-8\" makes that";

  private static final String HINT_16 =
      "it begins as UTF-16 does: \"iconv -f utf-16 -t utf-8\" makes UTF-8 of that";

  private Utf8() {}

  /**
   * All of a file.
   *
   * @throws DataException with the line, if it is not in UTF-8
   */
  public static String read(Path file) throws IOException {
    try {
      String text = Files.readString(file);
      return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw problem(file);
    }
  }

  /** A file from its beginning; what is not in UTF-8 makes a {@link CharacterCodingException}. */
  static Reader reader(Path file) throws IOException {
    BufferedReader reader = Files.newBufferedReader(file);
    try {
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /** The error of a file that is not in UTF-8. */
  static DataException problem(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String message = "this is not in UTF-8";
      long line = lineOfFault(Channels.newChannel(in));
      return DataException.at(file.toString(), line, message, isUtf16(file) ? HINT_16 : HINT);
    }
  }

  private static boolean isUtf16(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      int first = in.read();
      int second = in.read();
      return first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE;
    }
  }

  /** The line, counted from 1, with the first byte that is not part of a character. */
  private static long lineOfFault(ReadableByteChannel in) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
    CharBuffer chars = CharBuffer.allocate(BLOCK);
    long line = 1;
    CoderResult result;
    boolean end;
    do {
      end = in.read(bytes) < 0;
      result = decoder.decode(bytes.flip(), chars.clear(), end);
      bytes.compact();
      line += chars.flip().chars().filter(c -> c == '\n').count();
    } while (!end && !result.isError());
    return line;
  }
}
