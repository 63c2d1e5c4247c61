package dev.peephole.runtime.data;

import static dev.peephole.runtime.data.Binding.bind;
import static dev.peephole.runtime.data.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalingTest {
  @TempDir Path folder;

  @Test
  void standardizesEachColumnByItsMeanAndDeviation() throws IOException {
    RawExamples raw = load("1,7\n2,7\n3,7\n6,7\n");
    Map<String, Scaling> fitted =
        raw.fit(List.of(new ScalingRule.Standardize("x")), new int[] {0, 1, 2, 3});

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
    Map<String, Scaling> fitted = raw.fit(rules, new int[] {1, 0});

    assertThat(fitted.get("x").line(0)).isEqualTo(new Scaling.Line(2, 1));
    float[] x = (float[]) raw.prepare(fitted, Map.of()).arrays().get(0);
    assertThat(x).containsExactly(-1, 0, 1, 0, 998, 0, -5002, 1);
  }

  @Test
  void rescalesToAnInterval() throws IOException {
    RawExamples raw = load("10,4\n20,4\n40,4\n");
    Map<String, Scaling> fitted =
        raw.fit(List.of(new ScalingRule.Rescale("x", -1, 2)), new int[] {0, 1, 2});
    float[] x = (float[]) raw.prepare(fitted, Map.of()).arrays().get(0);
    assertThat(x).containsExactly(-1, -1, 0, -1, 2, -1);
  }

  @Test
  void rulesForOneTensorFollowEachOther() throws IOException {
    RawExamples raw = load("10,1\n20,2\n40,5\n");
    List<ScalingRule> rules =
        List.of(new ScalingRule.Standardize("x"), new ScalingRule.Rescale("x", 0, 3));
    Scaling.Line line = raw.fit(rules, new int[] {0, 1, 2}).get("x").line(0);
    assertThat(line.apply(10)).isCloseTo(0, within(1e-12));
    assertThat(line.apply(20)).isCloseTo(1, within(1e-12));
    assertThat(line.undo(3)).isCloseTo(40, within(1e-12));
  }

  @Test
  void undoingBringsTheNumberBack() {
    Scaling.Line line = new ScalingRule.Standardize("x").fit(new double[] {36.6, 41.2, 39});
    assertThat(line.undo(line.apply(38.25))).isCloseTo(38.25, within(1e-12));
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
