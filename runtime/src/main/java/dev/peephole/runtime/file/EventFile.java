package dev.peephole.runtime.file;

import dev.peephole.runtime.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of numbers over steps that TensorBoard reads. It holds records, each with its length and
 * checksums (TFRecord), and in each an {@code Event}, a protocol buffer:
 *
 * <pre>
 * Event:   double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5
 * Summary: repeated Value value = 1
 * Value:   string tag = 1; float simple_value = 2
 * </pre>
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TFRecord</a>
 * @see <a
 *     href="https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto">Event</a>
 */
public final class EventFile {
  private static final String VERSION = "brain.Event:2";
  private static final int HEADER = Long.BYTES + Integer.BYTES;

  // Wire types of protocol buffers.
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final Path file;

  private EventFile(Path file) {
    this.file = file;
  }

  /**
   * A file to go on with; a new one if there is none.
   *
   * @param last events of later steps are dropped, as is what a killed process left half written
   * @throws DataException if it cannot be written, or is no such file; then it stays as it is
   */
  public static EventFile open(Path file, long last) {
    EventFile events = new EventFile(file);
    try {
      if (Files.exists(file) && Files.size(file) > 0) {
        events.truncate(last);
      } else {
        Files.createDirectories(file.toAbsolutePath().getParent());
        events.append(event(0, field(3, VERSION)));
      }
    } catch (IOException e) {
      throw AtomicFile.unwritable(file, e);
    }
    return events;
  }

  /** Adds the numbers of a step, by their names. */
  public void add(long step, Map<String, Double> numbers) {
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    numbers.forEach(
        (tag, number) -> {
          ByteArrayOutputStream value = new ByteArrayOutputStream();
          value.writeBytes(field(1, tag));
          key(value, 2, FIXED32);
          value.writeBytes(little(Integer.BYTES).putFloat(number.floatValue()).array());
          summary.writeBytes(field(1, value.toByteArray()));
        });
    try {
      append(event(step, field(5, summary.toByteArray())));
    } catch (IOException e) {
      throw AtomicFile.unwritable(file, e);
    }
  }

  private static byte[] event(long step, byte[] what) {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    key(event, 1, FIXED64);
    double now = System.currentTimeMillis() / 1e3;
    event.writeBytes(little(Long.BYTES).putDouble(now).array());
    key(event, 2, VARINT);
    varint(event, step);
    event.writeBytes(what);
    return event.toByteArray();
  }

  private static byte[] field(int number, String text) {
    return field(number, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] field(int number, byte[] bytes) {
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    key(field, number, BYTES);
    varint(field, bytes.length);
    field.writeBytes(bytes);
    return field.toByteArray();
  }

  private static void key(ByteArrayOutputStream out, int field, int wire) {
    varint(out, field << 3 | wire);
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
  private static void varint(ByteArrayOutputStream out, long number) {
    long rest = number;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.write((int) (rest & 0x7f | 0x80));
    }
    out.write((int) rest);
  }

  private void append(byte[] event) throws IOException {
    byte[] length = little(Long.BYTES).putLong(event.length).array();
    ByteBuffer record = little(HEADER + event.length + Integer.BYTES);
    record.put(length).putInt(checksum(length, 0, Long.BYTES));
    record.put(event).putInt(checksum(event, 0, event.length));
    Files.write(file, record.array(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** CRC-32C, masked so that checksums may be among what is checked. */
  static int checksum(byte[] bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, count);
    int value = (int) crc.getValue();
    return (value >>> 15 | value << 17) + 0xa282ead8;
  }

  /** In place, so that a TensorBoard that has the file open goes on. */
  private void truncate(long last) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer records = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = 0;
    while (isRecord(records, bytes) && step(bytes, records.position() + HEADER) <= last) {
      end += HEADER + (int) records.getLong(records.position()) + Integer.BYTES;
      records.position(end);
    }
    if (end == 0) {
      String hint = "move it away to begin a new one";
      throw DataException.in(file.toString(), "is no event file", hint);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(end);
    }
  }

  private static boolean isRecord(ByteBuffer records, byte[] bytes) {
    int at = records.position();
    if (records.remaining() < HEADER
        || records.getInt(at + Long.BYTES) != checksum(bytes, at, Long.BYTES)) {
      return false;
    }
    long length = records.getLong(at);
    int rest = records.remaining() - HEADER - Integer.BYTES;
    return length > 1 + Long.BYTES
        && length <= rest
        && records.getInt(at + HEADER + (int) length) == checksum(bytes, at + HEADER, (int) length);
  }

  /** The step of an event of ours, which comes second, after the time. */
  private static long step(byte[] bytes, int event) {
    int at = event + 1 + Long.BYTES;
    if (bytes[at++] != (2 << 3 | VARINT)) {
      return 0;
    }
    long step = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      step |= (bytes[at] & 0x7fL) << shift;
      if (bytes[at++] >= 0) {
        break;
      }
    }
    return step;
  }
}
