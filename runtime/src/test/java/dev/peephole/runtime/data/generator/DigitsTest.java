package dev.peephole.runtime.data.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Table;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {
  private static final int PIXELS = 28 * 28;

  @Test
  void takeTurnsAndFollowTheSeed() {
    Table digits = load(new Digits(30, 1, 0.1), 5);
    for (int i = 0; i < 30; i++) {
      assertThat(digits.columns().get(1).number(i, 0)).isEqualTo(i % 10);
      assertThat(Arrays.stream(image(digits, i))).contains(0.0).allMatch(a -> a >= 0 && a <= 1);
    }
    Table more = load(new Digits(40, 1, 0.1), 5);
    assertThat(image(more, 29)).as("more begin with the same").isEqualTo(image(digits, 29));
    assertThat(image(load(new Digits(30, 1, 0.1), 6), 29)).isNotEqualTo(image(digits, 29));
  }

  /** Of MNIST it is 0.85, with so many to compare with and so many tests. */
  @Test
  void areAsHardAsHandwrittenOnesToTheNearestNeighbour() {
    int known = 1000;
    int all = 1300;
    Table digits = load(new Digits(all, 1, 0.1), 1);
    double[][] images = new double[all][];
    Arrays.setAll(images, i -> image(digits, i));
    int right = 0;
    for (int test = known; test < all; test++) {
      int nearest = 0;
      for (int i = 1; i < known; i++) {
        if (distance(images[test], images[i]) < distance(images[test], images[nearest])) {
          nearest = i;
        }
      }
      right += nearest % 10 == test % 10 ? 1 : 0;
    }
    assertThat((double) right / (all - known)).isBetween(0.78, 0.92);
  }

  @Test
  void withoutVarietyThereAreButTheFewWaysToWriteADigit() {
    Table digits = load(new Digits(500, 0, 0), 1);
    for (int digit = 0; digit < 10; digit++) {
      int first = digit;
      long different =
          IntStream.range(0, 50)
              .mapToObj(i -> Arrays.toString(image(digits, first + 10 * i)))
              .distinct()
              .count();
      assertThat(different).isEqualTo(DigitShapes.of(digit).size());
    }
  }

  /** A line with a round pen covers a rectangle and, at its ends, the two halves of a disc. */
  @ParameterizedTest
  @CsvSource({"6, 14, 20, 14, 1", "6.3, 8, 19, 21.7, 1.7", "14, 14, 14, 14, 2.5"})
  void linesHaveTheirAreaInInk(double x0, double y0, double x1, double y1, double radius) {
    Canvas canvas = new Canvas();
    canvas.line(x0, y0, x1, y1, radius, 0.5);
    double length = Math.hypot(x1 - x0, y1 - y0);
    double area = 2 * radius * length + Math.PI * radius * radius;
    assertThat(Arrays.stream(canvas.ink()).sum()).isCloseTo(0.5 * area, within(0.05 * area));
  }

  @Test
  void refuseWhatCannotBe() {
    assertThatThrownBy(() -> new Digits(0, 1, 0)).hasMessageContaining("1 to 2739137 examples");
    assertThatThrownBy(() -> new Digits(3_000_000, 1, 0)).hasMessageContaining("2739137");
    assertThatThrownBy(() -> new Digits(1, -1, 0)).hasMessageContaining("no negative variety");
    assertThatThrownBy(() -> new Digits(1, 1, Double.NaN)).hasMessageContaining("noise");
  }

  private static Table load(Digits digits, long seed) {
    return digits.load(
        DataFolder.of(Path.of("")),
        List.of(
            new Table.Request(0, false, List.of(28, 28)), new Table.Request(1, true, List.of())),
        seed);
  }

  private static double[] image(Table digits, int i) {
    double[] image = new double[PIXELS];
    Arrays.setAll(image, k -> digits.columns().get(0).number(i, k));
    return image;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < PIXELS; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return sum;
  }
}
