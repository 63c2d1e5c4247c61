package dev.peephole.runtime.data.example;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.data.framing.Split;
import dev.peephole.runtime.data.scaling.Scaling;
import dev.peephole.runtime.data.scaling.ScalingRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows over the rows of a table whose columns are t and 100 + t. */
class SeriesTest {
  private static final Split IN_ORDER = new Split(List.of(60.0, 20.0, 20.0), true);

  @TempDir Path folder;

  @Test
  void aWindowTakesItsRowsAndTheTargetThoseBehind() throws IOException {
    RawExamples raw = load(9, 3, 2, 2, t -> t);
    Examples examples = raw.prepare(Map.of(), Map.of());
    assertThat(examples.count()).isEqualTo(3);
    assertThat((float[]) examples.arrays().get(0))
        .containsExactly(0, 100, 1, 101, 2, 102, 2, 102, 3, 103, 4, 104, 4, 104, 5, 105, 6, 106);
    assertThat((float[]) examples.arrays().get(1)).containsExactly(3, 4, 5, 6, 7, 8);
  }

  @Test
  void aSeriesOfOneWindowIsLongEnough() throws IOException {
    assertThat(load(5, 3, 1, 2, t -> t).count()).isEqualTo(1);
    assertThatThrownBy(() -> load(4, 3, 1, 2, t -> t))
        .isInstanceOf(DataException.class)
        .hasMessage("has 4 rows, and a window takes 5");
  }

  /** Every row that an example of one part sees, as input or target, is unseen by the others. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "7, 3", "20, 1"})
  void partsHaveNoRowInCommon(int step, int predict) throws IOException {
    RawExamples raw = load(200, 5, step, predict, t -> t);
    Examples examples = raw.prepare(Map.of(), Map.of());
    List<TreeSet<Float>> seen =
        raw.divide(IN_ORDER, 3).stream().map(part -> rows(examples, part, predict)).toList();
    for (int p = 0; p < 3; p++) {
      assertThat(seen.get(p)).as("part %s", p).isNotEmpty();
    }
    assertThat(seen.get(0).last()).isLessThan(120);
    assertThat(seen.get(1)).allSatisfy(row -> assertThat(row).isBetween(120f, 159f));
    assertThat(seen.get(2)).allSatisfy(row -> assertThat(row).isBetween(160f, 199f));
  }

  private static TreeSet<Float> rows(Examples examples, int[] part, int predict) {
    float[] x = (float[]) examples.arrays().get(0);
    float[] y = (float[]) examples.arrays().get(1);
    TreeSet<Float> rows = new TreeSet<>();
    for (int example : part) {
      IntStream.range(0, 5).forEach(t -> rows.add(x[(example * 5 + t) * 2]));
      IntStream.range(0, predict).forEach(t -> rows.add(y[example * predict + t]));
    }
    return rows;
  }

  @Test
  void noWindowThatFitsIntoAPartIsLeftOut() throws IOException {
    List<int[]> parts = load(100, 4, 1, 1, t -> t).divide(IN_ORDER, 0);
    assertThat(parts.get(0)).containsExactly(IntStream.range(0, 56).toArray());
    assertThat(parts.get(1)).containsExactly(IntStream.range(60, 76).toArray());
    assertThat(parts.get(2)).containsExactly(IntStream.range(80, 96).toArray());
    List<int[]> all = load(100, 4, 1, 1, t -> t).divide(Split.none(), 0);
    assertThat(all.get(0)).containsExactly(IntStream.range(0, 96).toArray());
  }

  @Test
  void aPartTooShortForAWindowIsAnError() throws IOException {
    RawExamples raw = load(20, 4, 1, 1, t -> t);
    assertThatThrownBy(() -> raw.divide(IN_ORDER, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("leaves a part of 4 rows, too short for a window of 5");
  }

  /** What lies behind the training part, a thousand times as large, changes nothing. */
  @Test
  void scalesAreThoseOfTheRowsOfTheTrainingPart() throws IOException {
    RawExamples raw = load(50, 4, 1, 1, t -> t < 30 ? t : 1000 * t);
    Scaling x =
        raw.fit(List.of(new ScalingRule.Standardize("x")), raw.divide(IN_ORDER, 0).get(0))
            .scalings()
            .get("x");
    assertThat(x.lines()).hasSize(8);
    double deviation = Math.sqrt((30 * 30 - 1) / 12.0);
    for (int k = 0; k < 8; k++) {
      assertThat(x.line(k).shift()).isCloseTo(k % 2 == 0 ? 14.5 : 114.5, within(1e-9));
      assertThat(x.line(k).scale()).isCloseTo(deviation, within(1e-9));
    }
  }

  /** In windows of four rows of two columns, of which the first is constant while it is trained. */
  @Test
  void aColumnThatIsConstantInAllWindowsIsNotStretched() throws IOException {
    RawExamples raw = load(50, 4, 1, 1, t -> t < 30 ? 7 : t);
    FittedScalings fitted =
        raw.fit(List.of(new ScalingRule.Standardize("x")), raw.divide(IN_ORDER, 0).get(0));
    assertThat(fitted.scalings().get("x").lines())
        .containsOnly(new Scaling.Line(7, 1), new Scaling.Line(107, 1));
    assertThat(fitted.warnings()).hasSize(2);
  }

  private RawExamples load(int rows, int length, int step, int predict, IntUnaryOperator value)
      throws IOException {
    String table =
        IntStream.range(0, rows)
            .map(value)
            .mapToObj(t -> t + "," + (100 + t))
            .collect(Collectors.joining("\n", "a,b\n", "\n"));
    Files.writeString(folder.resolve("series.csv"), table);
    List<Tensor> tensors =
        List.of(
            Tensor.of("x", new float[2 * length], length, 2),
            Tensor.of("y", new float[predict], predict));
    List<Binding> bindings =
        Arrays.asList(
            bind("x", columns("a", "b").rows(0, length)),
            bind("y", columns("a").rows(length, length + predict)));
    return RawExamples.load(
        new Csv("series.csv"), DataFolder.of(folder), bindings, OptionalInt.of(step), tensors, 0);
  }
}
