package dev.peephole.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected bytes are written out by hand, after the published description of the format. */
class SafetensorsTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void choose() {
    file = folder.resolve("w.safetensors");
  }

  @Test
  void writesTheFormatByteForByte() throws IOException {
    Safetensors.empty()
        .put("network", "Fever")
        .put(
            "",
            List.of(
                Tensor.of("dense1.W", new float[] {1, -2}, 2, 1),
                Tensor.of("s", new double[] {0.5})))
        .write(file);

    String header =
        "{\"__metadata__\":{\"network\":\"Fever\"},"
            + "\"s\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]},"
            + "\"dense1.W\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[8,16]}}";
    int length = (header.length() + 7) / 8 * 8;
    byte[] bytes = Files.readAllBytes(file);
    assertThat(HexFormat.of().formatHex(bytes, 0, 8))
        .isEqualTo("%02x00000000000000".formatted(length));
    assertThat(new String(bytes, 8, length, StandardCharsets.US_ASCII).stripTrailing())
        .isEqualTo(header);
    assertThat(HexFormat.of().formatHex(bytes, 8 + length, bytes.length))
        .isEqualTo("000000000000e03f" + "0000803f" + "000000c0");
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
  }

  @Test
  void readsEveryTypeThatItKnows() throws IOException {
    write(
        "{\"f\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"i\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[4,8]},"
            + "\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]},"
            + "\"l\":{\"shape\":[1],\"data_offsets\":[16,24],\"dtype\":\"I64\"},"
            + "\"none\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[16,16]},"
            + "\"__metadata__\":{\"by\":\"hand\"}}   ",
        "0000c03f feffffff 000000000000f83f 0300000000000000");
    Tensor f = Tensor.of("f", new float[1], 1);
    Tensor i = Tensor.labels("i", 9, new int[1], 1);
    Tensor d = Tensor.of("d", new double[1], 1);
    Tensor l = Tensor.of("l", new double[1], 1);
    Tensor none = Tensor.of("none", new float[0], 0, 3);

    Safetensors read = Safetensors.read(file);
    read.copyTo("", List.of(f, i, d, l, none));

    assertThat(new double[] {f.get(0), i.get(0), d.get(0), l.get(0)})
        .containsExactly(1.5, -2, 1.5, 3);
    assertThat(read.text("by")).contains("hand");
  }

  @Test
  void givesBackTheBitsThatItTook() {
    float[] odd = {-0f, Float.MIN_VALUE, 1e-7f, Float.MAX_VALUE, (float) Math.PI};
    Safetensors.empty().put("best/", List.of(Tensor.of("w", odd, 5))).write(file);
    float[] back = new float[5];
    Safetensors.read(file).copyTo("best/", List.of(Tensor.of("w", back, 5)));
    assertThat(back).isEqualTo(odd);
  }

  @Test
  void picksTensorsAndTextsByPrefix() {
    Safetensors.empty()
        .put("labels.kind", "[]")
        .put("seed", "7")
        .put("a/", List.of(Tensor.of("w", new float[] {1})))
        .put("b/", List.of(Tensor.of("w", new float[] {2})))
        .write(file);
    Tensor w = Tensor.of("w", new float[1]);
    Safetensors read = Safetensors.read(file);
    read.copyTo("b/", List.of(w));
    assertThat(w.get(0)).isEqualTo(2);
    assertThat(read.texts("labels.")).isEqualTo(Map.of("kind", "[]"));
  }

  @Test
  void saysWhatAFileLacksAndHasBesides() {
    Safetensors.empty()
        .put("", List.of(Tensor.of("dense1.W", new float[1]), Tensor.of("old", new float[1])))
        .write(file);
    List<Tensor> network =
        List.of(Tensor.of("dense1.W", new float[1]), Tensor.of("dense1.b", new float[1]));
    report(() -> Safetensors.read(file).copyTo("", network))
        .isEqualTo(
            "does not belong to this network\n  hint: it lacks dense1.b; it has old besides");
  }

  @Test
  void saysBothShapesThatDisagree() {
    Safetensors.empty().put("", List.of(Tensor.of("W", new float[6], 2, 3))).write(file);
    report(() -> Safetensors.read(file).copyTo("", List.of(Tensor.of("W", new float[6], 3, 2))))
        .isEqualTo("W is [2, 3] in the file and [3, 2] in the network");
  }

  @Test
  void refusesFilesThatEndTooEarly() throws IOException {
    String hint = "ends too early\n  hint: was it copied to the end?";
    Safetensors.empty().put("", List.of(Tensor.of("W", new float[] {1, 2}, 2))).write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, 8, 20, whole.length - 9, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      fails().isEqualTo(hint);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    fails().isEqualTo("goes on after its last array");
  }

  @Test
  void refusesHeadersThatBreakTheRules() throws IOException {
    write("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]", "00000000");
    fails().startsWith("has a header that is not JSON");
    write("[]", "");
    fails().startsWith("has an unusual header");
    array("\"F32\"", "[2]", "[0,4]", 4);
    fails().isEqualTo("a is [2], and has 4 bytes\n  hint: an element has 4 bytes");
    array("\"F32\"", "[4611686018427387905]", "[0,4]", 4);
    fails().startsWith("a is [4611686018427387905], and has 4 bytes");
    array("\"BF16\"", "[2]", "[0,4]", 4);
    fails()
        .isEqualTo(
            "a is of the type BF16\n  hint: the types that can be read are [F64, I64, F32, I32]");
    array("\"F32\"", "[1]", "[4,8]", 8);
    fails().isEqualTo("a follows a gap");
    array("\"F32\"", "[1]", "[4,0]", 4);
    fails().isEqualTo("a follows a gap");
    array("\"F32\"", "[-1]", "[0,4]", 4);
    fails().isEqualTo("has a negative length in its header");
    array("7", "[1]", "[0,4]", 4);
    fails().startsWith("has an unusual header");
    array("\"F32\"", "[1]", "[0]", 4);
    fails().isEqualTo("does not say where a lies, or its shape");
    Files.write(file, HexFormat.of().parseHex("ffffffffffffffff"));
    fails().isEqualTo("is no safetensors file");
  }

  @Test
  void refusesArraysThatOverlapAndNamesThatRepeat() throws IOException {
    String a = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
    write(
        "{" + a + "," + a.replace("\"a\"", "\"b\"").replace("0,8", "4,12") + "}", "00".repeat(12));
    fails().isEqualTo("b overlaps what is before it");
    write("{" + a + "," + a + "}", "00".repeat(8));
    fails().startsWith("has a header that is not JSON");
  }

  @Test
  void saysThatThereIsNoFile() {
    fails().isEqualTo("there is no such file");
  }

  private AbstractStringAssert<?> fails() {
    return report(() -> Safetensors.read(file));
  }

  private AbstractStringAssert<?> report(Runnable action) {
    try {
      action.run();
    } catch (DataException e) {
      return assertThat(e.report().replace(file + ": ", ""));
    }
    throw new AssertionError("no error");
  }

  private void array(String type, String shape, String offsets, int bytes) throws IOException {
    String array = "{\"a\":{\"dtype\":%s,\"shape\":%s,\"data_offsets\":%s}}";
    write(array.formatted(type, shape, offsets), "00".repeat(bytes));
  }

  private void write(String header, String data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    out.write(
        HexFormat.of()
            .parseHex("%02x%02x000000000000".formatted(json.length & 255, json.length >> 8)));
    out.write(json);
    out.write(HexFormat.of().parseHex(data.replace(" ", "")));
    Files.write(file, out.toByteArray());
  }
}
