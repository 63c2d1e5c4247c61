package dev.peephole.runtime.train.step;

import dev.peephole.runtime.Tensor;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Keeps gradients small: first all of them together by their Euclidean norm (Pascanu, Mikolov &amp;
 * Bengio, 2013), then each element by its absolute value. Allocates nothing when it is applied.
 */
public final class Clip {
  private final double norm;
  private final double value;
  private final Object[] gradients;
  private long applied;
  private long bound;

  /** Limits that are absent do not bind. */
  public Clip(OptionalDouble norm, OptionalDouble value, List<Tensor> gradients) {
    this.norm = norm.orElse(Double.POSITIVE_INFINITY);
    this.value = value.orElse(Double.POSITIVE_INFINITY);
    this.gradients = gradients.stream().map(Tensor::array).toArray();
  }

  /** No limits. */
  static Clip none() {
    return new Clip(OptionalDouble.empty(), OptionalDouble.empty(), List.of());
  }

  /** Whether there is any limit. */
  boolean binds() {
    return norm < Double.POSITIVE_INFINITY || value < Double.POSITIVE_INFINITY;
  }

  /** Changes the gradients where they exceed a limit. */
  public void apply() {
    boolean changed = false;
    if (norm < Double.POSITIVE_INFINITY) {
      double length = norm();
      if (length > norm) {
        scale(norm / length);
        changed = true;
      }
    }
    if (value < Double.POSITIVE_INFINITY) {
      changed |= clamp();
    }
    applied++;
    bound += changed ? 1 : 0;
  }

  /**
   * In which share of the times since the last call a limit was exceeded; absent without limits.
   */
  OptionalDouble clipped() {
    OptionalDouble share =
        binds() && applied > 0
            ? OptionalDouble.of((double) bound / applied)
            : OptionalDouble.empty();
    applied = 0;
    bound = 0;
    return share;
  }

  /** How often a limit was exceeded since the last call of {@link #clipped}. */
  long bound() {
    return bound;
  }

  /** Goes on as if it had been applied so often since then, and a limit exceeded so often. */
  void resume(long times, long exceeded) {
    applied = times;
    bound = exceeded;
  }

  /** The Euclidean norm of all gradients together. */
  public double norm() {
    return Math.sqrt(squares());
  }

  private double squares() {
    double sum = 0;
    for (Object gradient : gradients) {
      if (gradient instanceof float[] floats) {
        for (float g : floats) {
          sum += (double) g * g;
        }
      } else {
        for (double g : (double[]) gradient) {
          sum += g * g;
        }
      }
    }
    return sum;
  }

  private void scale(double factor) {
    for (Object gradient : gradients) {
      if (gradient instanceof float[] floats) {
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) (floats[i] * factor);
        }
      } else {
        double[] doubles = (double[]) gradient;
        for (int i = 0; i < doubles.length; i++) {
          doubles[i] *= factor;
        }
      }
    }
  }

  /** Whether it changes any. */
  private boolean clamp() {
    boolean changed = false;
    float limit = (float) value;
    for (Object gradient : gradients) {
      if (gradient instanceof float[] floats) {
        for (int i = 0; i < floats.length; i++) {
          float clamped = Math.max(-limit, Math.min(limit, floats[i]));
          changed |= clamped != floats[i];
          floats[i] = clamped;
        }
      } else {
        double[] doubles = (double[]) gradient;
        for (int i = 0; i < doubles.length; i++) {
          double clamped = Math.max(-value, Math.min(value, doubles[i]));
          changed |= clamped != doubles[i];
          doubles[i] = clamped;
        }
      }
    }
    return changed;
  }
}
