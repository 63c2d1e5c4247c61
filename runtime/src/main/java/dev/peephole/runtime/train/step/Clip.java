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

  /** Limits that are absent do not bind. */
  public Clip(OptionalDouble norm, OptionalDouble value, List<Tensor> gradients) {
    this.norm = norm.orElse(Double.POSITIVE_INFINITY);
    this.value = value.orElse(Double.POSITIVE_INFINITY);
    this.gradients = gradients.stream().map(Tensor::array).toArray();
  }

  /** Whether there is any limit. */
  boolean binds() {
    return norm < Double.POSITIVE_INFINITY || value < Double.POSITIVE_INFINITY;
  }

  /** Changes the gradients where they exceed a limit. */
  public void apply() {
    if (norm < Double.POSITIVE_INFINITY) {
      double length = norm();
      if (length > norm) {
        scale(norm / length);
      }
    }
    if (value < Double.POSITIVE_INFINITY) {
      clamp();
    }
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

  private void clamp() {
    float limit = (float) value;
    for (Object gradient : gradients) {
      if (gradient instanceof float[] floats) {
        for (int i = 0; i < floats.length; i++) {
          floats[i] = Math.max(-limit, Math.min(limit, floats[i]));
        }
      } else {
        double[] doubles = (double[]) gradient;
        for (int i = 0; i < doubles.length; i++) {
          doubles[i] = Math.max(-value, Math.min(value, doubles[i]));
        }
      }
    }
  }
}
