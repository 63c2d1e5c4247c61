package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhiloxTest {

  /** The vectors for philox4x32-10 that the authors publish with their library Random123. */
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
  })
  void knownAnswers(String counter, String key, String expected) {
    int[] words = words(counter);
    Philox.encipher(words, words(key)[0], words(key)[1]);
    assertThat(words).containsExactly(words(expected));
  }

  @Test
  void seedIsTheKeyAndStreamTheUpperHalfOfTheCounter() {
    long seed = 0x299f31d0_a4093822L;
    long stream = 0x03707344_13198a2eL;
    Philox random = new Philox(seed, stream);
    for (int block = 0; block < 3; block++) {
      int[] words = {block, 0, 0x13198a2e, 0x03707344};
      Philox.encipher(words, 0xa4093822, 0x299f31d0);
      for (int word : words) {
        assertThat(random.nextUniform()).isEqualTo((word >>> 8) / 16777216.0);
      }
    }
  }

  @Test
  void streamsAndSeedsDiffer() {
    float[] a = uniform(1, 0);
    assertThat(uniform(1, 0)).isEqualTo(a);
    assertThat(uniform(2, 0)).isNotEqualTo(a);
    assertThat(uniform(1, 1)).isNotEqualTo(a);
    assertThat(uniform(1L << 32, 0)).isNotEqualTo(uniform(0, 0));
    assertThat(uniform(0, 1L << 32)).isNotEqualTo(uniform(0, 0));
  }

  @Test
  void singleAndDoublePrecisionAgree() {
    float[] floats = new float[1001];
    double[] doubles = new double[1001];
    new Philox(5, 6).uniform(floats);
    new Philox(5, 6).uniform(doubles);
    assertThat(widened(floats)).isEqualTo(doubles);
    new Philox(5, 6).normal(floats);
    new Philox(5, 6).normal(doubles);
    assertThat(widened(floats)).isEqualTo(doubles);
  }

  /** Chi-squared over the values; 6 standard deviations of slack. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 64, 1000})
  void wholeNumbersAreUniform(int bound) {
    int draws = 1000 * bound;
    int[] counts = new int[bound];
    Philox random = new Philox(11, bound);
    for (int i = 0; i < draws; i++) {
      counts[random.nextInt(bound)]++;
    }
    double chiSquared = 0;
    for (int count : counts) {
      chiSquared += (count - 1000.0) * (count - 1000.0) / 1000;
    }
    assertThat(chiSquared).isCloseTo(bound - 1, within(6 * Math.sqrt(2.0 * bound)));
  }

  /** Without rejection a third of the values would come up twice as often for this bound. */
  @Test
  void largeBoundsAreUnbiased() {
    int bound = 0x6000_0000;
    int[] thirds = new int[3];
    Philox random = new Philox(3, 0);
    for (int i = 0; i < 30_000; i++) {
      int drawn = random.nextInt(bound);
      thirds[drawn % 3]++;
      assertThat(drawn).isBetween(0, bound - 1);
    }
    for (int count : thirds) {
      assertThat(count).isCloseTo(10_000, within(500));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void boundsMustBePositive(int bound) {
    assertThatThrownBy(() -> new Philox(0, 0).nextInt(bound))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(bound));
  }

  /** The first four moments, each within 5 of its standard errors. */
  @Test
  void normalNumbersHaveTheirMoments() {
    int n = 200_000;
    double[] moments = new double[5];
    double product = 0;
    double before = 0;
    Philox random = new Philox(17, 4);
    for (int i = 0; i < n; i++) {
      double x = random.nextGaussian();
      for (int power = 1; power <= 4; power++) {
        moments[power] += Math.pow(x, power) / n;
      }
      product += x * before / n;
      before = x;
    }
    double error = 5 / Math.sqrt(n);
    assertThat(moments[1]).isCloseTo(0, within(error));
    assertThat(moments[2]).isCloseTo(1, within(error * Math.sqrt(2)));
    assertThat(moments[3]).isCloseTo(0, within(error * Math.sqrt(15)));
    assertThat(moments[4]).isCloseTo(3, within(error * Math.sqrt(96)));
    assertThat(product).isCloseTo(0, within(error));
  }

  private static float[] uniform(long seed, long stream) {
    float[] out = new float[16];
    new Philox(seed, stream).uniform(out);
    return out;
  }

  private static int[] words(String hexadecimal) {
    String[] parts = hexadecimal.trim().split(" ");
    int[] words = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      words[i] = Integer.parseUnsignedInt(parts[i], 16);
    }
    return words;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
