package dev.peephole.runtime.data.format;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.example.Binding;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.data.example.RawExamples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxTest {
  /** Two images of 2 × 3 pixels. */
  private static final String IMAGES =
      "00000803 00000002 00000002 00000003 0001027f80ff 0a0b0c0d0e0f";

  private static final String LABELS = "00000801 00000002 07 00";
  private static final Tensor IMAGE = Tensor.of("image", new float[6], 2, 3, 1);
  private static final Tensor DIGIT = Tensor.labels("digit", 10, new int[1]);
  private static final Idx IDX = new Idx("images", "labels");

  @TempDir Path folder;

  @Test
  void readsValuesAndLabels() throws IOException {
    write("images", bytes(IMAGES));
    write("labels", bytes(LABELS));

    Examples examples = load();

    assertThat(examples.count()).isEqualTo(2);
    assertThat((float[]) examples.arrays().get(0))
        .containsExactly(0, 0.5f, 1, 63.5f, 64, 127.5f, 5, 5.5f, 6, 6.5f, 7, 7.5f);
    assertThat((int[]) examples.arrays().get(1)).containsExactly(7, 0);
    assertThat(IDX.fields(DataFolder.of(folder)))
        .containsExactly(Field.of("values", 2, 3), Field.of("labels"));
  }

  @Test
  void recognisesGzipByContentWhateverTheName() throws IOException {
    write("images", gzip(bytes(IMAGES)));
    write("labels", bytes(LABELS));
    assertThat((float[]) load().arrays().get(0)).startsWith(0, 0.5f, 1, 63.5f);
  }

  @ParameterizedTest
  @CsvSource({
    "08, 01 ff, 1, 255",
    "09, 01 ff, 1, -1",
    "0b, 0102 fffe, 258, -2",
    "0c, 00010000 ffffffff, 65536, -1",
    "0d, 3fc00000 c0000000, 1.5, -2",
    "0e, 3ff8000000000000 c000000000000000, 1.5, -2"
  })
  void knowsEveryType(String type, String elements, float first, float second) throws IOException {
    write("images", bytes("0000" + type + "01 00000002" + elements));
    write("labels", bytes(LABELS));
    Tensor number = Tensor.of("image", new float[1]);
    Examples examples =
        RawExamples.load(
                IDX,
                DataFolder.of(folder),
                List.of(bind("image", field("values"))),
                List.of(number),
                0)
            .prepare(Map.of(), Map.of());
    assertThat((float[]) examples.arrays().get(0)).containsExactly(first, second);
  }

  @Test
  void refusesWhatIsNoIdxFile() throws IOException {
    String hint = "\n  hint: images begin with 00000803, their labels with 00000801";
    fails("89504e47 0d0a1a0a", LABELS)
        .isEqualTo("images: is no IDX file: it begins with 89504e47" + hint);
    fails("00000703 00000001 01", LABELS)
        .isEqualTo("images: is no IDX file: it begins with 00000703" + hint);
    fails("00000800", LABELS).isEqualTo("images: is no IDX file: it begins with 00000800" + hint);
    fails("", LABELS).isEqualTo("images: is empty");
  }

  @Test
  void noticesThatAFileIsTruncated() throws IOException {
    String again = " too early\n  hint: was it downloaded to the end?";
    for (String part :
        List.of("000008", "00000803 0000", "00000803 00000002 00000002 00000003 01")) {
      fails(part, LABELS).isEqualTo("images: ends" + again);
    }
    fails(IMAGES, "00000801 00000002 07").isEqualTo("labels: ends" + again);
    byte[] zipped = gzip(bytes(IMAGES));
    for (int length : new int[] {5, 12, zipped.length - 9, zipped.length - 1}) {
      write("images", Arrays.copyOf(zipped, length));
      report().isEqualTo("images: ends" + again);
    }
  }

  @Test
  void noticesThatAGzippedFileIsDamaged() throws IOException {
    byte[] zipped = gzip(bytes(IMAGES));
    zipped[zipped.length - 6] ^= 1;
    write("images", zipped);
    write("labels", bytes(LABELS));
    report().startsWith("images: is damaged").endsWith("was it downloaded to the end?");
  }

  @Test
  void noticesWhatDoesNotBelongTogether() throws IOException {
    fails(IMAGES, "00000801 00000003 070001")
        .isEqualTo(
            "images: has 2 examples, and labels has 3 labels\n"
                + "  hint: do the two files belong together?");
    fails(IMAGES + "00", LABELS).isEqualTo("images: goes on after the 2 examples of its header");
    fails("00000803 00000000 00000002 00000003", "00000801 00000000")
        .isEqualTo("images: has no examples");
  }

  @Test
  void doesNotTryToReadMoreThanAnArrayHolds() throws IOException {
    fails("00000803 00010000 00010000 00010000", LABELS)
        .isEqualTo("images: is too large: its axes are [65536, 65536, 65536]");
    fails("00000803 00000000 00010000 00010000", LABELS).startsWith("images: is too large");
    fails("00000803 ffffffff 00000001 00000001", LABELS)
        .isEqualTo("images: is too large: its axes are [-1, 1, 1]");
  }

  @Test
  void blamesTheExampleOfALabelOutsideItsClasses() throws IOException {
    fails(IMAGES, "00000801 00000002 030a")
        .isEqualTo(
            "labels: there is no class 10 (example 1, from 0)\n"
                + "  hint: digit is class(10): its labels are 0 to 9"
                + "; where the data count from 1, take 1 off: digit = … - 1");
  }

  @Test
  void refusesNumbersThatAreNotFinite() throws IOException {
    fails(
            "00000d03 00000001 00000002 00000003 000000007fc00000" + "00".repeat(16),
            "00000801 00000001 00")
        .isEqualTo("images: image would be NaN here (example 0, from 0)");
  }

  @Test
  void saysBothShapesThatDisagree() throws IOException {
    fails("00000803 00000001 00000003 00000002 000000000000", "00000801 00000001 00")
        .isEqualTo(
            "images: the field values: [3, 2] cannot fill image: [2, 3, 1]\n"
                + "  hint: image takes 6 numbers an example");
  }

  private AbstractStringAssert<?> fails(String images, String labels) throws IOException {
    write("images", bytes(images));
    write("labels", bytes(labels));
    return report();
  }

  private AbstractStringAssert<?> report() {
    try {
      load();
    } catch (DataException e) {
      return assertThat(e.report().replace(folder + "/", ""));
    }
    throw new AssertionError("no error");
  }

  private Examples load() {
    List<Binding> bindings =
        List.of(bind("image", field("values").map(v -> v / 2)), bind("digit", field("labels")));
    RawExamples raw =
        RawExamples.load(IDX, DataFolder.of(folder), bindings, List.of(IMAGE, DIGIT), 0);
    return raw.prepare(Map.of(), raw.labelNames(new int[0]));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }
}
