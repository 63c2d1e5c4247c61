package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RealTest {

  /** StrictMath is another implementation than the one that Math uses on most machines. */
  static Stream<Arguments> functions() {
    return Stream.of(
        function("exp", Real::exp, Real::exp, StrictMath::exp, -80, 80),
        function("log", Real::log, Real::log, StrictMath::log, 0, 50),
        function("log1p", Real::log1p, Real::log1p, StrictMath::log1p, -1, 50),
        function("tanh", Real::tanh, Real::tanh, StrictMath::tanh, -10, 10),
        function("sqrt", Real::sqrt, Real::sqrt, StrictMath::sqrt, 0, 100),
        function("erf", Real::erf, Real::erf, Special::erf, -5, 5),
        function("abs", Real::abs, Real::abs, x -> x < 0 ? -x : x, -5, 5),
        function(
            "sigmoid",
            Real::sigmoid,
            Real::sigmoid,
            x -> 0.5 + 0.5 * StrictMath.tanh(x / 2),
            -2,
            20),
        function("x ^ 3", x -> Real.pow(x, 3f), x -> Real.pow(x, 3.0), x -> x * x * x, -9, 9));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void bothPrecisions(
      String name,
      FloatFunction single,
      DoubleUnaryOperator twice,
      DoubleUnaryOperator expected,
      double from,
      double to) {
    Philox random = new Philox(2, 0);
    for (int i = 0; i < 2000; i++) {
      float x = (float) (from + (to - from) * random.nextUniform());
      double exact = expected.applyAsDouble(x);
      assertThat(Math.abs(single.apply(x) - exact)).isLessThanOrEqualTo(0.51 * ulp(exact));
      assertThat(Math.abs(twice.applyAsDouble(x) - exact)).isLessThanOrEqualTo(5 * Math.ulp(exact));
    }
  }

  @Test
  void sigmoidFarFromZero() {
    assertThat(Real.sigmoid(1e4f)).isEqualTo(1);
    assertThat(Real.sigmoid(-1e4f)).isEqualTo(0);
    assertThat(Real.sigmoid(1e4)).isEqualTo(1);
    assertThat(Real.sigmoid(-1e4)).isEqualTo(0);
    assertThat(Real.sigmoid(0f)).isEqualTo(0.5f);
    assertThat(Real.sigmoid(-80f)).isEqualTo((float) Math.exp(-80));
    assertThat(Real.sigmoid(-740.0)).isEqualTo(Math.exp(-740));
    assertThat(Real.sigmoid(Float.NaN)).isNaN();
  }

  @Test
  void largerAndSmaller() {
    assertThat(Real.max(2f, -3f)).isEqualTo(2);
    assertThat(Real.min(2f, -3f)).isEqualTo(-3);
    assertThat(Real.max(2.0, -3.0)).isEqualTo(2);
    assertThat(Real.min(2.0, -3.0)).isEqualTo(-3);
    assertThat(Real.max(Float.NaN, 1f)).isNaN();
    assertThat(Real.min(1.0, Double.NaN)).isNaN();
  }

  private static double ulp(double x) {
    return Math.ulp((float) x);
  }

  private static Arguments function(
      String name,
      FloatFunction single,
      DoubleUnaryOperator twice,
      DoubleUnaryOperator expected,
      double from,
      double to) {
    return Arguments.of(name, single, twice, expected, from, to);
  }

  /** A function of one number in single precision. */
  interface FloatFunction {
    float apply(float x);
  }
}
