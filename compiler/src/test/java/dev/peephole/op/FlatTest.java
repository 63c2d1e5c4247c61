package dev.peephole.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.ir.Range;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ops that say that they are flat are, at the very ends that they name and nowhere else. */
class FlatTest {
  private static final double STEP = 1e-4;
  private static final double FAR = 20;

  static Stream<Elementwise> flat() {
    return Elementwise.all().stream().filter(op -> op.flat().isPresent());
  }

  private static double slope(Elementwise op, double x) {
    return (op.reference(x + STEP) - op.reference(x - STEP)) / (2 * STEP);
  }

  @Test
  void areThoseThatSaturate() {
    assertThat(flat().map(Elementwise::name))
        .containsExactlyInAnyOrder("tanh", "sigmoid", "erf", "relu");
  }

  @ParameterizedTest
  @MethodSource("flat")
  void hasNoSlopeAtItsEnds(Elementwise op) {
    Range range = op.flat().orElseThrow();
    assertThat(op.reference(-FAR)).isCloseTo(range.low(), within(1e-6));
    assertThat(slope(op, -FAR)).isCloseTo(0, within(1e-6));
    if (Double.isFinite(range.high())) {
      assertThat(op.reference(FAR)).isCloseTo(range.high(), within(1e-6));
      assertThat(slope(op, FAR)).isCloseTo(0, within(1e-6));
    } else {
      assertThat(slope(op, FAR)).isCloseTo(1, within(1e-6));
    }
  }

  /** All that lies between the ends has a slope. */
  @ParameterizedTest
  @MethodSource("flat")
  void hasASlopeBetweenThem(Elementwise op) {
    Range range = op.flat().orElseThrow();
    double margin = Double.isFinite(range.high()) ? 0.1 * (range.high() - range.low()) : 0.1;
    DoubleStream.iterate(-3, x -> x <= 3, x -> x + 0.05)
        .filter(x -> op.reference(x) > range.low() + margin)
        .filter(x -> op.reference(x) < range.high() - margin)
        .forEach(x -> assertThat(slope(op, x)).as("at %s", x).isGreaterThan(0.05));
  }
}
