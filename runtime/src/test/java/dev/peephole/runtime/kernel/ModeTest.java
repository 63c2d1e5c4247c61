package dev.peephole.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModeTest {
  private static final int COUNT = 50;

  private static float[] uniform(long seed, long step, int draw) {
    float[] out = new float[COUNT];
    new Mode(seed, step).uniform(draw, out, COUNT);
    return out;
  }

  private static float[] normal(long seed, long step, int draw) {
    float[] out = new float[COUNT];
    new Mode(seed, step).normal(draw, out, COUNT);
    return out;
  }

  @Test
  void aModeBeginsAsEvaluation() {
    assertThat(new Mode().training()).isFalse();
  }

  @Test
  void inEvaluationNoiseIsItsMean() {
    Mode mode = new Mode();
    mode.train(1, 1);
    mode.evaluate();
    float[] single = new float[4];
    double[] twice = new double[4];
    mode.uniform(0, single, 3);
    mode.uniform(0, twice, 3);
    assertThat(single).containsExactly(0.5f, 0.5f, 0.5f, 0f);
    assertThat(twice).containsExactly(0.5, 0.5, 0.5, 0);
    Arrays.fill(single, 9);
    Arrays.fill(twice, 9);
    mode.normal(0, single, 3);
    mode.normal(0, twice, 3);
    assertThat(single).containsExactly(0f, 0f, 0f, 9f);
    assertThat(twice).containsExactly(0, 0, 0, 9);
  }

  @Test
  void theSameStepHasTheSameNoise() {
    assertThat(uniform(3, 5, 2)).isEqualTo(uniform(3, 5, 2));
    assertThat(normal(3, 5, 2)).isEqualTo(normal(3, 5, 2));
    Mode copy = new Mode();
    copy.copyFrom(new Mode(3, 5));
    float[] out = new float[COUNT];
    copy.uniform(2, out, COUNT);
    assertThat(out).isEqualTo(uniform(3, 5, 2));
  }

  /** Also a draw other than the first of one step and the first draw of the next step. */
  @Test
  void seedsStepsAndDrawsAreToldApart() {
    Set<Float> first = new HashSet<>();
    for (long seed = 0; seed < 3; seed++) {
      for (long step = 1; step < 4; step++) {
        for (int draw = 0; draw < 4; draw++) {
          first.add(uniform(seed, step, draw)[0]);
        }
      }
    }
    assertThat(first).hasSize(36);
    float[] parameters = new float[COUNT];
    new Philox(0, 0).uniform(parameters);
    assertThat(uniform(0, 1, 0)).isNotEqualTo(parameters);
  }

  @Test
  void bothPrecisionsDrawTheSame() {
    double[] twice = new double[COUNT];
    new Mode(4, 2).normal(1, twice, COUNT);
    float[] single = normal(4, 2, 1);
    for (int i = 0; i < COUNT; i++) {
      assertThat((double) single[i]).isEqualTo(twice[i]);
    }
  }

  @Test
  void stepsAreCountedFromOne() {
    assertThatThrownBy(() -> new Mode().train(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
