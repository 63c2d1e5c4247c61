package dev.peephole.runtime.file;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes the safetensors format. Wide elements come first and the header is padded with spaces to a
 * multiple of eight bytes, so that each array begins at a multiple of its elements' length.
 */
final class SafetensorsWriter {
  private static final int ALIGNMENT = Long.BYTES;

  private SafetensorsWriter() {}

  /** The bytes of a file. */
  static byte[] bytes(Map<String, String> metadata, Map<String, StoredArray> arrays) {
    List<Map.Entry<String, StoredArray>> ordered =
        arrays.entrySet().stream()
            .sorted(Comparator.comparingInt(entry -> -entry.getValue().type().bytes()))
            .toList();
    byte[] json = header(metadata, ordered);
    int header = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    long data = arrays.values().stream().mapToLong(StoredArray::bytes).sum();
    ByteBuffer file =
        ByteBuffer.allocate(Math.toIntExact(Long.BYTES + header + data))
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header).put(json);
    while (file.position() < Long.BYTES + header) {
      file.put((byte) ' ');
    }
    for (Map.Entry<String, StoredArray> entry : ordered) {
      StoredArray array = entry.getValue();
      array.type().write(array.values(), file);
      file.position(file.position() + (int) array.bytes());
    }
    return file.array();
  }

  private static byte[] header(
      Map<String, String> metadata, List<Map.Entry<String, StoredArray>> arrays) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart("__metadata__");
        for (Map.Entry<String, String> text : metadata.entrySet()) {
          json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, StoredArray> entry : arrays) {
        long end = offset + entry.getValue().bytes();
        write(json, entry.getKey(), entry.getValue(), offset, end);
        offset = end;
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(
      JsonGenerator json, String name, StoredArray array, long begin, long end) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", array.type().name());
    json.writeArrayFieldStart("shape");
    for (long length : array.shape()) {
      json.writeNumber(length);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("data_offsets");
    json.writeNumber(begin);
    json.writeNumber(end);
    json.writeEndArray();
    json.writeEndObject();
  }
}
