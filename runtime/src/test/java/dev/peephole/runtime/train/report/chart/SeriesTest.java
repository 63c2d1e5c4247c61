package dev.peephole.runtime.train.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesTest {
  /** Ten thousand epochs with one peak and one dip that are a single epoch wide. */
  @Test
  void isThinnedOutWithoutLosingAPeak() {
    double[] y = IntStream.range(0, 10_000).mapToDouble(k -> Math.sin(k / 500.0)).toArray();
    y[4321] = 9;
    y[7654] = -9;
    List<Integer> drawn = Series.counted("loss", y).drawn();
    assertThat(drawn).hasSizeLessThanOrEqualTo(400).contains(4321, 7654).isSorted();
    assertThat(drawn.get(0)).isLessThan(50);
    assertThat(drawn.get(drawn.size() - 1)).isGreaterThan(9_949);
  }

  @Test
  void isDrawnWholeIfItIsShort() {
    assertThat(Series.counted("loss", 3, 1, 2).drawn()).containsExactly(0, 1, 2);
  }

  @Test
  void aLongCurveTakesLittleRoom() {
    double[] y = IntStream.range(0, 10_000).mapToDouble(k -> Math.cos(k * 1.7)).toArray();
    Markup page = new Markup();
    new Lines("loss", "epoch", "loss", List.of(Series.counted("loss", y))).drawTo(page);
    assertThat(page.toString()).hasSizeLessThan(10_000);
  }
}
