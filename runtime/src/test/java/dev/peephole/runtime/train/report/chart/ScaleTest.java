package dev.peephole.runtime.train.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScaleTest {
  @Test
  void putsNumbersOnPixels() {
    Scale scale = Scale.even(100, 0, -1, 3, Double.NaN);
    assertThat(scale.at(-1)).isEqualTo(100);
    assertThat(scale.at(1)).isEqualTo(50);
    assertThat(scale.at(99)).isZero();
    assertThat(scale.ticks()).containsExactly(-1.0, 0.0, 1.0, 2.0, 3.0);
  }

  @Test
  void numbersFarApartAreDrawnByTheirLogarithm() {
    Scale scale = Scale.fitting(0, 90, 0.001, 1, 1000);
    assertThat(scale.logarithmic()).isTrue();
    assertThat(scale.at(1)).isEqualTo(45, within(1e-9));
    assertThat(scale.at(0)).isZero();
    assertThat(scale.ticks()).allSatisfy(t -> assertThat(scale.share(t)).isBetween(0.0, 1.0));
    assertThat(Scale.fitting(0, 90, 2, 3).logarithmic()).isFalse();
  }

  @Test
  void whatIsAlwaysTheSameHasAScaleToo() {
    assertThat(Scale.even(0, 10, 4, 4).at(4)).isEqualTo(5, within(1e-9));
    assertThat(Scale.logarithmic(0, 10, 4, 4).share(4)).isEqualTo(0.5, within(1e-9));
    assertThat(Scale.even(0, 10).ticks()).isNotEmpty();
  }

  @Test
  void labelsAreShort() {
    assertThat(Scale.label(0)).isEqualTo("0");
    assertThat(Scale.label(0.25)).isEqualTo("0.25");
    assertThat(Scale.label(2000)).isEqualTo("2000");
    assertThat(Scale.label(1e-7)).isEqualTo("1e-7");
    assertThat(Scale.label(2.5e10)).isEqualTo("2.5e10");
  }
}
