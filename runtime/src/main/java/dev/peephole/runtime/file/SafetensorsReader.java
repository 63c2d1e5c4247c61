package dev.peephole.runtime.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.peephole.runtime.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Reads the safetensors format and checks every rule of it. */
final class SafetensorsReader {
  private static final long LONGEST_HEADER = 100_000_000;

  private final Safetensors content;
  private final ByteBuffer bytes;
  private final List<Entry> entries = new ArrayList<>();

  /** What the header says of an array; offsets count from the header's end. */
  private record Entry(String name, String type, List<Long> shape, long begin, long end) {}

  private SafetensorsReader(Safetensors content, ByteBuffer bytes) {
    this.content = content;
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  static Safetensors read(Path file) {
    Safetensors content = new Safetensors(file.toString());
    try {
      if (Files.notExists(file)) {
        throw content.problem("there is no such file", "");
      }
      if (Files.isDirectory(file)) {
        throw content.problem(
            "is a folder, not a file", "a run folder has them in weights.safetensors");
      }
      if (Files.size(file) > Integer.MAX_VALUE - 8) {
        throw content.problem("is larger than 2 GB", "");
      }
      new SafetensorsReader(content, ByteBuffer.wrap(Files.readAllBytes(file))).read();
      return content;
    } catch (IOException e) {
      throw content.problem("cannot be read: " + e.getMessage(), "");
    }
  }

  private void read() throws IOException {
    if (bytes.remaining() < Long.BYTES) {
      throw truncated();
    }
    long header = bytes.getLong();
    if (header < 0 || header > LONGEST_HEADER) {
      throw content.problem("is no safetensors file", "");
    }
    if (header > bytes.remaining()) {
      throw truncated();
    }
    readHeader((int) header);
    bytes.position(bytes.position() + (int) header);
    readArrays();
  }

  private void readHeader(int length) throws IOException {
    try (JsonParser json = Json.FACTORY.createParser(bytes.array(), bytes.position(), length)) {
      expect(json, json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        expect(json, json.nextToken(), JsonToken.START_OBJECT);
        if (name.equals("__metadata__")) {
          readMetadata(json);
        } else {
          entries.add(entry(json, name));
        }
      }
    } catch (JsonProcessingException e) {
      throw content.problem("has a header that is not JSON", e.getOriginalMessage());
    }
  }

  private void readMetadata(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      expect(json, json.nextToken(), JsonToken.VALUE_STRING);
      content.put(name, json.getText());
    }
  }

  private Entry entry(JsonParser json, String name) throws IOException {
    String type = "";
    List<Long> shape = null;
    List<Long> offsets = List.of();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      if (key.equals("dtype")) {
        expect(json, json.currentToken(), JsonToken.VALUE_STRING);
        type = json.getText();
      } else if (key.equals("shape")) {
        shape = numbers(json);
      } else if (key.equals("data_offsets")) {
        offsets = numbers(json);
      } else {
        throw content.problem("has " + key + " in its header, of " + name, "");
      }
    }
    if (shape == null || offsets.size() != 2) {
      throw content.problem("does not say where " + name + " lies, or its shape", "");
    }
    return new Entry(name, type, shape, offsets.get(0), offsets.get(1));
  }

  private List<Long> numbers(JsonParser json) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_ARRAY);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT);
      numbers.add(json.getLongValue());
    }
    if (numbers.stream().anyMatch(number -> number < 0)) {
      throw content.problem("has a negative length in its header", "");
    }
    return numbers;
  }

  private void expect(JsonParser json, JsonToken found, JsonToken expected) {
    if (found != expected) {
      String place = " at byte " + json.currentTokenLocation().getByteOffset();
      throw content.problem("has an unusual header", "expected " + expected + place);
    }
  }

  /** In the file's order the arrays must follow each other without gaps, up to the end. */
  private void readArrays() {
    int data = bytes.position();
    long end = 0;
    Comparator<Entry> order = Comparator.comparingLong(Entry::begin).thenComparing(Entry::end);
    for (Entry entry : entries.stream().sorted(order).toList()) {
      if (entry.begin() != end || entry.end() < end) {
        String message = entry.begin() < end ? "overlaps what is before it" : "follows a gap";
        throw content.problem(entry.name() + " " + message, "");
      }
      end = entry.end();
    }
    if (end > bytes.remaining()) {
      throw truncated();
    }
    if (end < bytes.remaining()) {
      throw content.problem("goes on after its last array", "");
    }
    for (Entry entry : entries) {
      ByteBuffer part =
          bytes.slice(data + (int) entry.begin(), (int) (entry.end() - entry.begin()));
      content.put(entry.name(), array(entry, part.order(ByteOrder.LITTLE_ENDIAN)));
    }
  }

  private StoredArray array(Entry entry, ByteBuffer part) {
    ElementType type =
        Arrays.stream(ElementType.values())
            .filter(known -> known.name().equals(entry.type()))
            .findFirst()
            .orElseThrow(
                () ->
                    content.problem(
                        entry.name() + " is of the type " + entry.type(),
                        "the types that can be read are " + List.of(ElementType.values())));
    if (count(entry.shape(), part.remaining()) * type.bytes() != part.remaining()) {
      String message = "%s is %s, and has %s bytes";
      throw content.problem(
          message.formatted(entry.name(), entry.shape(), part.remaining()),
          "an element has " + type.bytes() + " bytes");
    }
    return new StoredArray(entry.shape(), type.read(part));
  }

  /** The product of a shape, or any number above the limit if it is above. */
  private static long count(List<Long> shape, long limit) {
    if (shape.contains(0L)) {
      return 0;
    }
    long count = 1;
    for (long length : shape) {
      count = length > limit || count > limit ? limit + 1 : count * length;
    }
    return count;
  }

  private DataException truncated() {
    return content.problem("ends too early", "was it copied to the end?");
  }
}
