package dev.peephole.runtime.data.example;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.format.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
  @TempDir Path folder;

  @Test
  void numbersAreTakenAsTheyAre() throws IOException {
    RawExamples raw = load(3, "2\n0\n2\n1.0\n");
    assertThat(raw.labelNames(new int[0])).isEqualTo(Map.of("kind", List.of()));
    assertThat(labels(raw, raw.labelNames(new int[0]))).containsExactly(2, 0, 2, 1);
  }

  @Test
  void textsAreNumberedInAlphabeticalOrder() throws IOException {
    RawExamples raw = load(3, "setosa\nvirginica\nsetosa\ncolor\n");
    assertThat(raw.labelNames(new int[0]))
        .isEqualTo(Map.of("kind", List.of("color", "setosa", "virginica")));
    assertThat(labels(raw, raw.labelNames(new int[0]))).containsExactly(1, 2, 1, 0);
  }

  @Test
  void namesThatAreKnownKeepTheirNumbers() throws IOException {
    Map<String, List<String>> known = Map.of("kind", List.of("a", "b", "c"));
    assertThat(labels(load(3, "c\nb\n"), known)).containsExactly(2, 1);
    assertError(() -> labels(load(3, "c\nd\n"), known))
        .isEqualTo("a.csv:2: there is no label \"d\"\n  hint: the labels trained on are a, b, c");
  }

  @Test
  void textAmongNumbersOfATrainedNetworkIsAnError() {
    assertError(() -> labels(load(3, "1\nx\n"), Map.of("kind", List.of())))
        .isEqualTo("a.csv:2: \"x\" is not a number");
  }

  @Test
  void blamesTheLineOfTheFirstLabelTooMany() {
    assertError(() -> load(2, "b\na\nb\nd\nc\n").labelNames(new int[0]))
        .isEqualTo(
            "a.csv:4: the data has 4 different labels, and kind is class(2)\n"
                + "  hint: they are a, b, c, d");
  }

  @Test
  void blamesTheLineOfALabelOutsideItsClasses() {
    String hint = "\n  hint: kind is class(3): its labels are 0 to 2";
    assertError(() -> labels(load(3, "0\n3\n"), Map.of()))
        .isEqualTo(
            "a.csv:2: there is no class 3"
                + hint
                + "; where the data count from 1, take 1 off: kind = … - 1");
    assertError(() -> labels(load(3, "0\n1\n-1\n"), Map.of()))
        .isEqualTo("a.csv:3: there is no class -1" + hint);
    assertError(() -> labels(load(3, "0.5\n"), Map.of()))
        .isEqualTo("a.csv:1: the label 0.5 is not a whole number" + hint);
  }

  @Test
  void labelsFrom1To3AreMovedTo0() throws IOException {
    RawExamples raw = load(3, "3\n1\n2\n", columns(0).map(v -> v - 1));
    assertThat(raw.labelNames(new int[0])).isEqualTo(Map.of("kind", List.of()));
    assertThat(labels(raw, raw.labelNames(new int[0]))).containsExactly(2, 0, 1);
  }

  @Test
  void arithmeticOnTextIsAnError() {
    assertError(() -> load(3, "a\nb\n", columns(0).map(v -> v - 1)).labelNames(new int[0]))
        .isEqualTo("a.csv:1: arithmetic takes numbers\n  hint: what fills kind is text");
  }

  private interface Action {
    void run() throws IOException;
  }

  private AbstractStringAssert<?> assertError(Action action) {
    try {
      action.run();
    } catch (DataException e) {
      return assertThat(e.report().replace(folder + "/", ""));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no error");
  }

  private RawExamples load(int classes, String rows) throws IOException {
    return load(classes, rows, columns(0));
  }

  private RawExamples load(int classes, String rows, Selector column) throws IOException {
    Files.writeString(folder.resolve("a.csv"), rows);
    return RawExamples.load(
        new Csv("a.csv", false),
        DataFolder.of(folder),
        List.of(bind("kind", column)),
        List.of(Tensor.labels("kind", classes, new int[1])),
        0);
  }

  private static int[] labels(RawExamples raw, Map<String, List<String>> names) {
    return (int[]) raw.prepare(Map.of(), names).arrays().get(0);
  }
}
