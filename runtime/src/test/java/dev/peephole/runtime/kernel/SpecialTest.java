package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecialTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal PI =
      new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494");

  /** Values from published tables. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1124629160182849",
    "0.5, 0.5204998778130465",
    "1.0, 0.8427007929497149",
    "1.5, 0.9661051464753108",
    "2.0, 0.9953222650189527",
    "3.0, 0.9999779095030014",
    "4.0, 0.9999999845827421"
  })
  void publishedValues(double x, double expected) {
    assertThat(Special.erf(x)).isCloseTo(expected, offset(1.2e-16));
    assertThat(Special.erf(-x)).isEqualTo(-Special.erf(x));
  }

  @Test
  void withinTwoUlpOfTheSeriesInSixtyDigits() {
    Philox random = new Philox(1, 0);
    double worst = 0;
    for (int i = 0; i < 4000; i++) {
      double x = 6.2 * (random.nextUniform() + 0x1p-26) * Math.pow(2, -random.nextInt(3) * 9);
      double exact = erf(x).doubleValue();
      worst = Math.max(worst, Math.abs(Special.erf(x) - exact) / Math.ulp(exact));
    }
    assertThat(worst).isLessThanOrEqualTo(2);
  }

  @Test
  void neverFalls() {
    double before = -1;
    for (int i = -70_000; i <= 70_000; i++) {
      double value = Special.erf(i * 1e-4);
      assertThat(value).isGreaterThanOrEqualTo(before);
      before = value;
    }
  }

  @Test
  void slopeIsTheBellCurve() {
    double h = 1e-5;
    for (double x = -5; x < 5; x += 0.013) {
      double slope = (Special.erf(x + h) - Special.erf(x - h)) / (2 * h);
      assertThat(slope).isCloseTo(2 / Math.sqrt(Math.PI) * Math.exp(-x * x), offset(1e-9));
    }
  }

  @Test
  void specialArguments() {
    assertThat(Special.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Special.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(Special.erf(Double.NaN)).isNaN();
    assertThat(Double.doubleToRawLongBits(Special.erf(-0.0)))
        .isEqualTo(Double.doubleToRawLongBits(-0.0));
    assertThat(Special.erf(1e-300)).isEqualTo(1.1283791670955126e-300);
  }

  /** 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)). */
  private static BigDecimal erf(double at) {
    BigDecimal x = new BigDecimal(at);
    BigDecimal square = x.multiply(x, DIGITS);
    BigDecimal power = x;
    BigDecimal sum = BigDecimal.ZERO;
    for (int n = 0; n < 250; n++) {
      sum = sum.add(power.divide(BigDecimal.valueOf(2 * n + 1), DIGITS), DIGITS);
      power = power.multiply(square, DIGITS).divide(BigDecimal.valueOf(-n - 1), DIGITS);
    }
    return sum.multiply(BigDecimal.valueOf(2)).divide(PI.sqrt(DIGITS), DIGITS);
  }
}
