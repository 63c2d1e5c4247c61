package dev.peephole.runtime.data.format;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static dev.peephole.runtime.data.example.Selector.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.DataWarning;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.example.Binding;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.data.example.FittedScalings;
import dev.peephole.runtime.data.example.RawExamples;
import dev.peephole.runtime.data.framing.Split;
import dev.peephole.runtime.data.generator.Adding;
import dev.peephole.runtime.data.scaling.Scaling;
import dev.peephole.runtime.data.scaling.ScalingRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables with several series, whole and in windows. */
class CsvSeriesTest {
  private static final Tensor X = Tensor.of("x", new float[0], Tensor.OPEN, 2);
  private static final Tensor Y = Tensor.labels("y", 3, new int[0], Tensor.OPEN);
  private static final Tensor KIND = Tensor.labels("kind", 2, new int[0]);

  /** The rows of two series, mixed, and of a third. */
  private static final String TABLE =
      """
      machine,a,b,state,kind
      left,1,10,on,press
      right,2,20,off,lathe
      left,3,30,off,press
      left,4,40,on,press
      right,5,50,off,lathe
      far,6,60,down,lathe
      """;

  @TempDir Path folder;

  @Test
  void rowsWithTheSameNameAreOneExampleInTheOrderOfTheFile() throws IOException {
    Examples examples = prepare(load(TABLE, X, Y, KIND));
    assertThat(examples.count()).isEqualTo(3);
    assertThat(examples.starts()).containsExactly(0, 3, 5, 6);
    assertThat((float[]) examples.arrays().get(0))
        .containsExactly(1, 10, 3, 30, 4, 40, 2, 20, 5, 50, 6, 60);
    assertThat((int[]) examples.arrays().get(1)).containsExactly(2, 1, 2, 1, 1, 0);
    assertThat((int[]) examples.arrays().get(2)).containsExactly(1, 0, 0);
    assertThat(examples.steps(1)).isEqualTo(2);
  }

  @Test
  void aValueOfTheWholeSeriesMustNotChangeInIt() throws IOException {
    String table = TABLE.replace("right,5,50,off,lathe", "right,5,50,off,press");
    assertThatThrownBy(() -> load(table, X, Y, KIND))
        .isInstanceOf(DataException.class)
        .hasMessage("kind takes one value a series, and it changes within the series right")
        .satisfies(e -> assertThat(((DataException) e).line().orElseThrow()).isEqualTo(6));
  }

  @Test
  void theSeriesColumnMustBeThere() throws IOException {
    Files.writeString(folder.resolve("machines.csv"), TABLE);
    Csv csv = new Csv("machines.csv", true, "machin");
    assertThatThrownBy(() -> csv.fields(DataFolder.of(folder)))
        .isInstanceOf(DataException.class)
        .hasMessage("has no column \"machin\" to say which rows belong together");
  }

  @Test
  void aTableWithoutSeriesHasNoSequences() throws IOException {
    Files.writeString(folder.resolve("machines.csv"), TABLE);
    assertThatThrownBy(() -> load(new Csv("machines.csv"), OptionalInt.empty(), X))
        .isInstanceOf(DataException.class)
        .hasMessage("a row is one step, and x: [*, 2] takes a sequence");
  }

  @Test
  void theNumbersOfAStepMustBeThere() throws IOException {
    Tensor wide = Tensor.of("x", new float[0], Tensor.OPEN, 4);
    assertThatThrownBy(() -> load(TABLE, wide))
        .isInstanceOf(DataException.class)
        .hasMessage("2 columns cannot fill x: [*, 4]")
        .satisfies(
            e ->
                assertThat(((DataException) e).hint().orElseThrow())
                    .isEqualTo("x takes 4 numbers a step"));
  }

  /** Series of different lengths: what is fitted sees each of their steps once, and no padding. */
  @Test
  void scalesAreFittedToTheStepsOfTheTrainingPart() throws IOException {
    RawExamples raw = load(TABLE, X, KIND);
    Map<String, Scaling> scalings =
        raw.fit(List.of(new ScalingRule.Standardize("x")), new int[] {0, 1}).scalings();
    Scaling x = scalings.get("x");
    assertThat(x.lines()).hasSize(2);
    assertThat(x.line(0).shift()).isCloseTo(3, within(1e-12));
    assertThat(x.line(1).shift()).isCloseTo(30, within(1e-12));
    assertThat(x.line(0).scale()).isCloseTo(Math.sqrt(2), within(1e-12));
    float[] scaled = (float[]) raw.prepare(scalings, raw.labelNames(new int[0])).arrays().get(0);
    assertThat(scaled[10]).isCloseTo((float) (3 / Math.sqrt(2)), within(1e-6f));
    assertThat(scaled[11]).isCloseTo((float) (30 / Math.sqrt(200)), within(1e-6f));
  }

  @Test
  void aColumnThatIsConstantInAllSeriesBecomesZero() throws IOException {
    RawExamples raw = load("machine,a,b\nl,0.1,1\nl,0.1,2\nl,0.1,4\nr,0.1,8\nr,0.1,0\n", X);
    FittedScalings fitted = raw.fit(List.of(new ScalingRule.Standardize("x")), new int[] {0, 1});
    assertThat(fitted.scalings().get("x").line(0)).isEqualTo(new Scaling.Line(0.1, 1));
    assertThat(fitted.warnings())
        .singleElement()
        .extracting(DataWarning::message)
        .isEqualTo("column \"a\" is always 0.1 in the training part");
  }

  @Test
  void aNumberOfTheWholeSeriesIsFittedOnceASeries() throws IOException {
    Tensor size = Tensor.of("size", new float[0]);
    String table = "machine,a,b,size\nl,1,1,2\nl,1,1,2\nl,1,1,2\nr,1,1,4\n";
    Scaling.Line line =
        load(table, X, size)
            .fit(List.of(new ScalingRule.Standardize("size")), new int[] {0, 1})
            .scalings()
            .get("size")
            .line(0);
    assertThat(line).isEqualTo(new Scaling.Line(3, 1));
  }

  @Test
  void wholeSeriesAreSplitAsExamplesAre() throws IOException {
    RawExamples raw = load(series(10, 3), X);
    List<int[]> parts = raw.divide(new Split(List.of(60.0, 20.0, 20.0), false), 5);
    assertThat(IntStream.of(parts.get(0)).sorted().toArray()).hasSize(6);
    assertThat(parts.stream().flatMapToInt(IntStream::of).sorted().toArray())
        .containsExactly(IntStream.range(0, 10).toArray());
  }

  @Test
  void windowsDoNotCrossFromOneSeriesToAnother() throws IOException {
    Examples examples = prepare(windows(series(3, 5), 2, 3));
    float[] x = (float[]) examples.arrays().get(0);
    assertThat(examples.starts()).isEmpty();
    // Rows 0 and 1, 2 and 3 of each series of five; row 4 begins no window of three.
    assertThat(x)
        .containsExactly(
            0, 1, 2, 2, 3, 4, 100, 101, 102, 102, 103, 104, 200, 201, 202, 202, 203, 204);
  }

  @Test
  void aSeriesThatIsTooShortHasNoWindow() throws IOException {
    String table = "machine,a\nl,1\nr,2\nr,3\nr,4\n";
    assertThat(windows(table, 1, 3).count()).isEqualTo(1);
    assertThatThrownBy(() -> windows(table, 1, 4))
        .isInstanceOf(DataException.class)
        .hasMessage("has 3 rows in its longest series, and a window takes 4");
  }

  @Test
  void windowsInOrderComeFromTheBeginningAndTheEndOfEverySeries() throws IOException {
    RawExamples raw = windows(series(3, 10), 1, 2);
    List<int[]> parts = raw.divide(new Split(List.of(60.0, 40.0), true), 0);
    assertThat(firstRows(raw, parts.get(0)))
        .containsExactly(0, 1, 2, 3, 4, 100, 101, 102, 103, 104, 200, 201, 202, 203, 204);
    assertThat(firstRows(raw, parts.get(1))).containsExactly(6, 7, 8, 106, 107, 108, 206, 207, 208);
  }

  @Test
  void windowsAtRandomComeFromWholeSeries() throws IOException {
    RawExamples raw = windows(series(10, 4), 1, 2);
    List<int[]> parts = raw.divide(new Split(List.of(70.0, 30.0), false), 3);
    List<TreeSet<Integer>> series = new ArrayList<>();
    for (int[] part : parts.subList(0, 2)) {
      series.add(new TreeSet<>(firstRows(raw, part).stream().map(row -> row / 100).toList()));
    }
    assertThat(series.get(0)).hasSize(7).doesNotContainAnyElementsOf(series.get(1));
    assertThat(series.get(1)).hasSize(3);
    assertThat(parts.get(0)).hasSize(21);
  }

  /** The field of a row may itself be a sequence, such as the rows of an image. */
  @Test
  void aFieldWithAnAxisFillsASequence() {
    Tensor x = Tensor.of("x", new float[0], Tensor.OPEN, 2);
    RawExamples raw =
        RawExamples.load(
            new Adding(3, 7), DataFolder.of(folder), List.of(bind("x", field("x"))), List.of(x), 1);
    Examples examples = prepare(raw);
    assertThat(examples.starts()).containsExactly(0, 7, 14, 21);
    assertThat(
            raw.fit(List.of(new ScalingRule.Rescale("x", 0, 1)), new int[] {0})
                .scalings()
                .get("x")
                .lines())
        .hasSize(2);
    Tensor wrong = Tensor.of("x", new float[0], Tensor.OPEN, 7);
    assertThatThrownBy(
            () ->
                RawExamples.load(
                    new Adding(3, 7),
                    DataFolder.of(folder),
                    List.of(bind("x", field("x"))),
                    List.of(wrong),
                    1))
        .isInstanceOf(DataException.class)
        .hasMessage("the field x: [7, 2] cannot fill x: [*, 7]");
  }

  /** Series s has the rows 100 s, 100 s + 1, … */
  private static String series(int count, int rows) {
    StringBuilder table = new StringBuilder("machine,a,b\n");
    for (int t = 0; t < rows; t++) {
      for (int s = 0; s < count; s++) {
        int value = 100 * s + t;
        table
            .append("m")
            .append(s)
            .append(",")
            .append(value)
            .append(",")
            .append(value)
            .append("\n");
      }
    }
    return table.toString();
  }

  private static List<Integer> firstRows(RawExamples raw, int[] windows) {
    Examples examples = prepare(raw);
    float[] x = (float[]) examples.arrays().get(0);
    int width = examples.tensors().get(0).size();
    return IntStream.of(windows).mapToObj(n -> (int) x[n * width]).toList();
  }

  private static Examples prepare(RawExamples raw) {
    int[] all = IntStream.range(0, raw.count()).toArray();
    return raw.prepare(Map.of(), raw.labelNames(all));
  }

  private RawExamples load(String table, Tensor... tensors) throws IOException {
    Files.writeString(folder.resolve("machines.csv"), table);
    return load(new Csv("machines.csv", true, "machine"), OptionalInt.empty(), tensors);
  }

  private RawExamples windows(String table, int step, int length) throws IOException {
    Files.writeString(folder.resolve("machines.csv"), table);
    Tensor x = Tensor.of("x", new float[length], length);
    return RawExamples.load(
        new Csv("machines.csv", true, "machine"),
        DataFolder.of(folder),
        List.of(bind("x", columns("a").rows(0, length))),
        OptionalInt.of(step),
        List.of(x),
        0);
  }

  private RawExamples load(Source source, OptionalInt step, Tensor... tensors) {
    List<Binding> bindings =
        List.of(
            bind("x", columns("a", "b")),
            bind("y", columns("state")),
            bind("size", columns("size")),
            bind("kind", columns("kind")));
    return RawExamples.load(source, DataFolder.of(folder), bindings, step, List.of(tensors), 0);
  }
}
