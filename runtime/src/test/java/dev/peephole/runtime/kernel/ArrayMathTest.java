package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArrayMathTest {
  /** So many numbers at once that a vector's length does not divide. */
  private static final int COUNT = 4099;

  /** Every so many numbers of all; a prime, so that all exponents and many fractions occur. */
  private static final int STRIDE = 4993;

  interface Over<A> {
    void run(A numbers, int from, int count);
  }

  static Stream<Arguments> functions() {
    return Stream.of(
        function("exp", 1, ArrayMath::exp, ArrayMath::exp, FloatMath::exp, StrictMath::exp),
        function("tanh", 2, ArrayMath::tanh, ArrayMath::tanh, FloatMath::tanh, StrictMath::tanh),
        function(
            "sigmoid",
            2.5,
            ArrayMath::sigmoid,
            ArrayMath::sigmoid,
            FloatMath::sigmoid,
            ArrayMathTest::sigmoid));
  }

  private static double sigmoid(double x) {
    return x < 0 ? StrictMath.exp(x) / (1 + StrictMath.exp(x)) : 1 / (1 + StrictMath.exp(-x));
  }

  private static Arguments function(
      String name,
      double ulps,
      Over<float[]> single,
      Over<double[]> twice,
      RealTest.FloatFunction one,
      DoubleUnaryOperator exact) {
    return Arguments.of(name, ulps, single, twice, one, exact);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void isWithinItsBoundOverAllFloats(
      String name,
      double ulps,
      Over<float[]> single,
      Over<double[]> twice,
      RealTest.FloatFunction one,
      DoubleUnaryOperator exact) {
    float[] x = new float[COUNT];
    float[] y = new float[COUNT];
    double worst = 0;
    long bits = Integer.MIN_VALUE;
    while (bits <= Integer.MAX_VALUE) {
      for (int k = 0; k < COUNT; k++, bits += STRIDE) {
        x[k] = Float.intBitsToFloat((int) bits);
      }
      System.arraycopy(x, 0, y, 0, COUNT);
      single.run(y, 0, COUNT);
      for (int k = 0; k < COUNT; k++) {
        assertThat(Float.floatToIntBits(y[k])).isEqualTo(Float.floatToIntBits(one.apply(x[k])));
        worst = Math.max(worst, ulps(y[k], exact.applyAsDouble(x[k])));
      }
    }
    assertThat(worst).as("error in units of the last place").isLessThan(ulps).isGreaterThan(0.5);
  }

  private static double ulps(float found, double exact) {
    if (Double.isNaN(exact)) {
      return Float.isNaN(found) ? 0 : Double.POSITIVE_INFINITY;
    }
    float nearest = (float) exact;
    if (Float.isInfinite(nearest)) {
      return found == nearest ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(found - exact) / Math.ulp(nearest);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void changesOnlyItsRange(
      String name,
      double ulps,
      Over<float[]> single,
      Over<double[]> twice,
      RealTest.FloatFunction one,
      DoubleUnaryOperator exact) {
    for (int count : new int[] {0, 1, 15, 16, 17, 40}) {
      float[] floats = new float[50];
      double[] doubles = new double[50];
      Arrays.fill(floats, 0.3f);
      Arrays.fill(doubles, 0.3);
      single.run(floats, 5, count);
      twice.run(doubles, 5, count);
      for (int k = 0; k < 50; k++) {
        boolean inside = k >= 5 && k < 5 + count;
        assertThat(floats[k]).isEqualTo(inside ? one.apply(0.3f) : 0.3f);
        double expected = inside ? exact.applyAsDouble(0.3) : 0.3;
        assertThat(Math.abs(doubles[k] - expected)).isLessThan(1e-15);
      }
    }
  }
}
