package dev.peephole.runtime.data.format;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.example.Binding;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.data.example.RawExamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  private static final Tensor X = Tensor.of("x", new float[2], 2);
  private static final Tensor Y = Tensor.of("y", new float[1], 1);

  @TempDir Path folder;

  @Test
  void picksColumnsByName() throws IOException {
    write("a.csv", "dose,\"te,mp\",later\n1,2,3\n\n4.5,-5e-1,.25\n");

    Examples examples =
        load(new Csv("a.csv"), bind("x", columns("later", "te,mp")), bind("y", columns("dose")));

    assertThat(examples.count()).isEqualTo(2);
    assertThat((float[]) examples.arrays().get(0)).containsExactly(3, 2, 0.25f, -0.5f);
    assertThat((float[]) examples.arrays().get(1)).containsExactly(1, 4.5f);
  }

  @Test
  void picksColumnsByNumberAndAppliesTheMap() throws IOException {
    write("a.csv", "1,2,3\r\n4,5,6\r\n");

    Examples examples =
        load(
            new Csv("a.csv", false),
            bind("x", columns(0, 2).map(v -> v / 2)),
            bind("y", columns(1)));

    assertThat((float[]) examples.arrays().get(0)).containsExactly(0.5f, 1.5f, 2, 3);
    assertThat((float[]) examples.arrays().get(1)).containsExactly(2, 5);
  }

  /** Decoded with replaced characters, the two would be one class. */
  @ParameterizedTest
  @ValueSource(ints = {1, 20_000})
  void whatIsNotInUtf8IsAnErrorWithItsLine(int rows) throws IOException {
    String table = "x,kind\n" + "1,bar\n".repeat(rows) + "1,b\u00E4r\n2,b\u00FCr\n";
    Files.write(folder.resolve("a.csv"), table.getBytes(StandardCharsets.ISO_8859_1));
    Tensor x = Tensor.of("x", new float[1], 1);
    Tensor kind = Tensor.labels("kind", 3, new int[1]);
    assertThatThrownBy(
            () ->
                RawExamples.load(
                    new Csv("a.csv"),
                    DataFolder.of(folder),
                    List.of(bind("x", columns("x")), bind("kind", columns("kind"))),
                    List.of(x, kind),
                    0))
        .isInstanceOfSatisfying(
            DataException.class,
            e ->
                assertThat(e.report())
                    .startsWith(folder.resolve("a.csv") + ":" + (rows + 2) + ": this is not in")
                    .contains("\n  hint: save it as UTF-8"));
  }

  @Test
  void listsItsColumnsFromTheHeaderAlone() throws IOException {
    write("a.csv", "\uFEFF a , b\nthis is,no,table\n");
    write("b.csv", "1,2,3\n");

    assertThat(new Csv("a.csv").fields(DataFolder.of(folder)))
        .containsExactly(Field.of("a"), Field.of("b"));
    assertThat(new Csv("b.csv", false).fields(DataFolder.of(folder)))
        .containsExactly(Field.of("0"), Field.of("1"), Field.of("2"));
  }

  @Test
  void namesTheLineOfAFieldThatIsNoNumber() {
    fails("a,b\n1,2\n\n3,x7\n").isEqualTo("a.csv:4: \"x7\" in column \"b\" is not a number");
    fails("a,b\n1,2\n3,NaN\n").isEqualTo("a.csv:3: \"NaN\" in column \"b\" is not a number");
    fails("a,b\n1,0x10\n").isEqualTo("a.csv:2: \"0x10\" in column \"b\" is not a number");
    fails("a,b\n1,1d\n").isEqualTo("a.csv:2: \"1d\" in column \"b\" is not a number");
  }

  @Test
  void namesTheLineOfAMissingField() {
    fails("a,b\n1,2\n3, \n")
        .isEqualTo(
            "a.csv:3: there is nothing in column \"b\"\n  hint: fill it in, or remove the row");
    fails("a,b\n1,2\n3\n").isEqualTo("a.csv:3: the row has 1 fields, and there are 2 columns");
    fails("a,b\n1,2,3\n").isEqualTo("a.csv:2: the row has 3 fields, and there are 2 columns");
  }

  @Test
  void namesTheLineOfANumberThatIsTooLarge() {
    fails("a,b\n1,2\n1,1e999\n").isEqualTo("a.csv:3: y would be Infinity here");
    fails("a,b\n1,1e39\n")
        .isEqualTo(
            "a.csv:2: y would be 1.0E39 here\n  hint: that is too large for single precision");
  }

  @Test
  void saysWhatIsWrongWithTheFileAsAWhole() {
    fails("").isEqualTo("a.csv: is empty");
    fails("a,b\n").isEqualTo("a.csv: has a header and no rows");
    fails("a,b\n1,\"2\n3,4\n").startsWith("a.csv: is not a table of comma-separated values");
  }

  @Test
  void offersTheNearestColumn() {
    fails("a,bb\n1,2\n").isEqualTo("a.csv: has no b\n  hint: did you mean bb? the names are a, bb");
  }

  @Test
  void countsColumnsFromZero() throws IOException {
    write("a.csv", "1,2\n");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () -> load(new Csv("a.csv", false), bind("x", columns(0, 2)), bind("y", columns(1))))
        .satisfies(
            e ->
                assertThat(e.report())
                    .isEqualTo("a.csv: has no column 2\n  hint: there are 2, counted from 0 to 1"));
  }

  @Test
  void suspectsAHeaderWhereNoneWasAnnounced() throws IOException {
    write("a.csv", "a,b\n1,2\n");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () -> load(new Csv("a.csv", false), bind("x", columns(0, 1)), bind("y", columns(1))))
        .satisfies(e -> assertThat(e.hint().orElseThrow()).contains("header: true"));
  }

  @Test
  void saysBothShapesThatDisagree() throws IOException {
    write("a.csv", "a,b,c\n1,2,3\n");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () -> load(new Csv("a.csv"), bind("x", columns("a", "b", "c")), bind("y", columns(1))))
        .satisfies(
            e ->
                assertThat(e.report())
                    .isEqualTo(
                        "a.csv: 3 columns cannot fill x: [2]\n"
                            + "  hint: x takes 2 numbers an example"));
  }

  private AbstractStringAssert<?> fails(String content) {
    try {
      write("a.csv", content);
      load(new Csv("a.csv"), bind("x", columns("a", "a")), bind("y", columns("b")));
    } catch (DataException e) {
      return assertThat(e.report().replace(folder + "/", ""));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no error");
  }

  private Examples load(Source source, Binding... bindings) {
    return RawExamples.load(source, DataFolder.of(folder), List.of(bindings), List.of(X, Y), 0)
        .prepare(Map.of(), Map.of());
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
  }
}
