package dev.peephole.runtime.data.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RobustTest {

  @Test
  void medianAndQuartilesAreThoseOfScikitLearn() {
    // RobustScaler of scikit-learn 1.2.1: center_ 3.5, scale_ 4.25
    Scaling.Line line = new ScalingRule.Robust("x").fit(new double[] {3, 1, 4, 1, 5, 9, 2, 600});
    assertThat(line).isEqualTo(new Scaling.Line(3.5, 4.25));
  }

  @Test
  void withoutADistanceBetweenTheQuartilesNothingIsStretched() {
    Scaling.Line line = new ScalingRule.Robust("x").fit(new double[] {7, 7, 7, 7, 7, 9});
    assertThat(line).isEqualTo(new Scaling.Line(7, 1));
  }
}
