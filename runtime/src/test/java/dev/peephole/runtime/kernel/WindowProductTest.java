package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowProductTest {
  private static final int IMAGES = 3;

  /** An image, the windows over it, and how many columns their matrix has. */
  record Case(
      int height, int width, int channels, int tall, int wide, int stride, int gap, int columns) {

    WindowProduct product() {
      return new WindowProduct(height, width, channels, tall, wide)
          .every(stride, stride)
          .spaced(gap, gap);
    }

    int down() {
      return (height - gap * (tall - 1) - 1) / stride + 1;
    }

    int across() {
      return (width - gap * (wide - 1) - 1) / stride + 1;
    }

    int windows() {
      return down() * across();
    }

    int size() {
      return tall * wide * channels;
    }

    int image() {
      return height * width * channels;
    }

    /** Where a number of a window lies, straight from the definition. */
    int place(int image, int window, int number) {
      int k = number % channels;
      int j = number / channels % wide;
      int i = number / channels / wide;
      int row = window / across() * stride + i * gap;
      int column = window % across() * stride + j * gap;
      return ((image * height + row) * width + column) * channels + k;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(1, 1, 1, 1, 1, 1, 1, 1),
        new Case(6, 7, 1, 3, 3, 1, 1, 6),
        new Case(6, 7, 2, 3, 2, 2, 1, 5),
        new Case(9, 8, 3, 3, 3, 1, 2, 16),
        new Case(9, 8, 3, 2, 3, 3, 2, 17),
        new Case(1, 12, 4, 1, 3, 1, 1, 40),
        new Case(12, 12, 2, 5, 5, 1, 1, 33),
        new Case(7, 8, 3, 2, 2, 1, 1, 70),
        new Case(5, 5, 9, 5, 5, 1, 1, 3));
  }

  private static float[] drawn(int count, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static double[] doubles(float[] numbers) {
    double[] all = new double[numbers.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = numbers[i];
    }
    return all;
  }

  private static Stream<WindowProduct> forms(Case c) {
    return Stream.of(c.product(), c.product().by(new ScalarWindows()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachResultIsOneChainOverTheNumbersOfAWindow(Case c) {
    float[] x = drawn(IMAGES * c.image(), 1);
    float[] w = drawn(c.size() * c.columns(), 2);
    float[] expected = new float[IMAGES * c.windows() * c.columns()];
    double[] exact = new double[expected.length];
    c.product().multiply(doubles(x), doubles(w), exact, IMAGES, c.columns());
    for (int at = 0; at < expected.length; at++) {
      int row = at / c.columns();
      for (int k = 0; k < c.size(); k++) {
        float number = x[c.place(row / c.windows(), row % c.windows(), k)];
        expected[at] = Math.fma(number, w[k * c.columns() + at % c.columns()], expected[at]);
      }
      assertThat(exact[at]).isCloseTo(expected[at], within(1e-4));
    }
    forms(c)
        .forEach(
            product -> {
              float[] z = drawn(expected.length, 3);
              product.multiply(x, w, z, IMAGES, c.columns());
              assertThat(z).containsExactly(expected);
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theTransposedProductIsAChainOverAllWindows(Case c) {
    float[] x = drawn(IMAGES * c.image(), 1);
    float[] z = drawn(IMAGES * c.windows() * c.columns(), 2);
    float[] expected = new float[c.size() * c.columns()];
    double[] exact = new double[expected.length];
    c.product().multiplyLeftTransposed(doubles(x), doubles(z), exact, IMAGES, c.columns());
    for (int at = 0; at < expected.length; at++) {
      for (int row = 0; row < IMAGES * c.windows(); row++) {
        float number = x[c.place(row / c.windows(), row % c.windows(), at / c.columns())];
        float other = z[row * c.columns() + at % c.columns()];
        expected[at] = Math.fma(number, other, expected[at]);
      }
      assertThat(exact[at]).isCloseTo(expected[at], within(1e-4));
    }
    forms(c)
        .forEach(
            product -> {
              float[] w = drawn(expected.length, 3);
              product.multiplyLeftTransposed(x, z, w, IMAGES, c.columns());
              assertThat(w).containsExactly(expected);
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void windowsAreAddedUpWhereTheyWereTakenFrom(Case c) {
    float[] taken = drawn(IMAGES * c.windows() * c.size(), 1);
    float[] expected = new float[IMAGES * c.image()];
    for (int at = 0; at < taken.length; at++) {
      int window = at / c.size();
      expected[c.place(window / c.windows(), window % c.windows(), at % c.size())] += taken[at];
    }
    double[] exact = new double[expected.length];
    c.product().overlapAdd(doubles(taken), exact, IMAGES);
    for (int at = 0; at < exact.length; at++) {
      assertThat(exact[at]).isCloseTo(expected[at], within(1e-5));
    }
    forms(c)
        .forEach(
            product -> {
              float[] x = drawn(expected.length, 3);
              product.overlapAdd(taken, x, IMAGES);
              assertThat(x).containsExactly(expected);
            });
  }
}
