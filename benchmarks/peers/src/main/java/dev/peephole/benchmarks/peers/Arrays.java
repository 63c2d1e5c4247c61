package dev.peephole.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The arrays of a safetensors file: weights and a batch. */
final class Arrays {
  private Arrays() {}

  /** All of them by name; labels become whole numbers of 64 bits, as PyTorch wants them. */
  static Map<String, NDArray> read(Path file, NDManager manager) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);
    ByteBuffer body = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    JsonObject about =
        JsonParser.parseString(new String(header, StandardCharsets.UTF_8)).getAsJsonObject();
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : about.entrySet()) {
      if (!entry.getKey().equals("__metadata__")) {
        arrays.put(entry.getKey(), array(entry.getValue().getAsJsonObject(), body, manager));
      }
    }
    return arrays;
  }

  private static NDArray array(JsonObject about, ByteBuffer body, NDManager manager) {
    JsonArray offsets = about.getAsJsonArray("data_offsets");
    int begin = offsets.get(0).getAsInt();
    ByteBuffer part =
        body.slice(begin, offsets.get(1).getAsInt() - begin).order(ByteOrder.LITTLE_ENDIAN);
    JsonArray axes = about.getAsJsonArray("shape");
    long[] shape = new long[axes.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = axes.get(i).getAsLong();
    }
    if (about.get("dtype").getAsString().equals("I32")) {
      int[] labels = new int[part.remaining() / Integer.BYTES];
      part.asIntBuffer().get(labels);
      return manager.create(labels, new Shape(shape)).toType(DataType.INT64, false);
    }
    float[] numbers = new float[part.remaining() / Float.BYTES];
    part.asFloatBuffer().get(numbers);
    return manager.create(numbers, new Shape(shape));
  }
}
