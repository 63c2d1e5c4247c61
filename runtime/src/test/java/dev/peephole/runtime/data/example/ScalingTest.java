package dev.peephole.runtime.data.example;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.DataWarning;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.data.scaling.Scaling;
import dev.peephole.runtime.data.scaling.ScalingRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingTest {
  @TempDir Path folder;

  @Test
  void standardizesEachColumnByItsMeanAndDeviation() throws IOException {
    RawExamples raw = load("1,7\n2,7\n3,7\n6,7\n");
    Map<String, Scaling> fitted =
        raw.fit(List.of(new ScalingRule.Standardize("x")), new int[] {0, 1, 2, 3}).scalings();

    assertThat(fitted.get("x").line(0).shift()).isEqualTo(3);
    assertThat(fitted.get("x").line(0).scale()).isEqualTo(Math.sqrt(14 / 4.0));
    assertThat(fitted.get("x").line(1)).isEqualTo(new Scaling.Line(7, 1));
    float[] x = (float[]) raw.prepare(fitted, Map.of()).arrays().get(0);
    assertThat(x[0]).isEqualTo((float) (-2 / Math.sqrt(3.5)));
    assertThat(x[1]).isZero();
  }

  @Test
  void looksAtTheGivenExamplesAlone() throws IOException {
    RawExamples raw = load("1,0\n3,0\n1000,0\n-5000,1\n");
    List<ScalingRule> rules =
        List.of(new ScalingRule.Standardize("x"), new ScalingRule.Rescale("y", 0, 1));
    Map<String, Scaling> fitted = raw.fit(rules, new int[] {1, 0}).scalings();

    assertThat(fitted.get("x").line(0)).isEqualTo(new Scaling.Line(2, 1));
    float[] x = (float[]) raw.prepare(fitted, Map.of()).arrays().get(0);
    assertThat(x).containsExactly(-1, 0, 1, 0, 998, 0, -5002, 1);
  }

  @Test
  void rescalesToAnInterval() throws IOException {
    RawExamples raw = load("10,4\n20,4\n40,4\n");
    Map<String, Scaling> fitted =
        raw.fit(List.of(new ScalingRule.Rescale("x", -1, 2)), new int[] {0, 1, 2}).scalings();
    float[] x = (float[]) raw.prepare(fitted, Map.of()).arrays().get(0);
    assertThat(x).containsExactly(-1, -1, 0, -1, 2, -1);
  }

  @Test
  void rulesForOneTensorFollowEachOther() throws IOException {
    RawExamples raw = load("10,1\n20,2\n40,5\n");
    List<ScalingRule> rules =
        List.of(new ScalingRule.Standardize("x"), new ScalingRule.Rescale("x", 0, 3));
    Scaling.Line line = raw.fit(rules, new int[] {0, 1, 2}).scalings().get("x").line(0);
    assertThat(line.apply(10)).isCloseTo(0, within(1e-12));
    assertThat(line.apply(20)).isCloseTo(1, within(1e-12));
    assertThat(line.undo(3)).isCloseTo(40, within(1e-12));
  }

  @Test
  void undoingBringsTheNumberBack() {
    Scaling.Line line = new ScalingRule.Standardize("x").fit(new double[] {36.6, 41.2, 39});
    assertThat(line.undo(line.apply(38.25))).isCloseTo(38.25, within(1e-12));
  }

  /** The mean of ten times 0.1 is 0.09999999999999999, which made a deviation of 1e-17. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1e8, 1 / 3.0, -0.7, 123456.789, 5e-324, 1e300, 0})
  void aConstantColumnBecomesZeroWithoutBeingStretched(double constant) throws IOException {
    RawExamples raw = load((constant + ",7\n").repeat(10));
    int[] all = IntStream.range(0, 10).toArray();
    for (ScalingRule rule :
        List.of(new ScalingRule.Standardize("x"), new ScalingRule.Rescale("x", 0, 1))) {
      FittedScalings fitted = raw.fit(List.of(rule), all);
      assertThat(fitted.scalings().get("x").line(0)).isEqualTo(new Scaling.Line(constant, 1));
      float[] x = (float[]) raw.prepare(fitted.scalings(), Map.of()).arrays().get(0);
      assertThat(x).containsOnly(0);
      assertThat(fitted.warnings())
          .extracting(DataWarning::report)
          .contains(
              "a.csv: column 0 is always "
                  + constant
                  + " in the training part\n"
                  + "  hint: there is nothing to scale, and nothing to learn from it:"
                  + " is it the right one?")
          .hasSize(2);
    }
  }

  @Test
  void aSecondRuleFindsNoSpreadInTheRoundingOfTheFirst() throws IOException {
    RawExamples raw = load("0.3,1\n0.30000000000000004,2\n0.3,3\n");
    List<ScalingRule> rules =
        List.of(new ScalingRule.Standardize("x"), new ScalingRule.Rescale("x", -1, 1));
    FittedScalings fitted = raw.fit(rules, new int[] {0, 1, 2});
    assertThat(fitted.scalings().get("x").line(0)).isEqualTo(new Scaling.Line(1.3, 1));
    assertThat(fitted.warnings())
        .singleElement()
        .extracting(DataWarning::message)
        .isEqualTo("column 0 is always 0.3 in the training part");
  }

  @Test
  void whatIsMoreThanRoundingIsASpread() throws IOException {
    RawExamples raw = load("100000000,1e-200\n100000000.000030517578125,3e-200\n");
    FittedScalings fitted = raw.fit(List.of(new ScalingRule.Standardize("x")), new int[] {0, 1});
    float[] x = (float[]) raw.prepare(fitted.scalings(), Map.of()).arrays().get(0);
    assertThat(x).containsExactly(-1, -1, 1, 1);
    assertThat(fitted.warnings()).isEmpty();
  }

  @Test
  void labelsAreNotScaled() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "0\n1\n");
    RawExamples raw =
        RawExamples.load(
            new Csv("a.csv", false),
            DataFolder.of(folder),
            List.of(bind("kind", columns(0))),
            List.of(Tensor.labels("kind", 2, new int[1])),
            0);
    assertThatThrownBy(
            () -> raw.fit(List.of(new ScalingRule.Standardize("kind")), new int[] {0, 1}))
        .isInstanceOf(DataException.class)
        .hasMessage("there are no numbers called kind to scale");
  }

  private RawExamples load(String rows) throws IOException {
    Files.writeString(folder.resolve("a.csv"), rows);
    return RawExamples.load(
        new Csv("a.csv", false),
        DataFolder.of(folder),
        List.of(bind("x", columns(0, 1)), bind("y", columns(1))),
        List.of(Tensor.of("x", new float[2], 2), Tensor.of("y", new float[1], 1)),
        0);
  }
}
