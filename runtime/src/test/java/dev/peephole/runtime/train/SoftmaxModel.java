package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Moment;
import java.util.Arrays;
import java.util.List;

/** Softmax regression with the cross entropy, trained by gradient descent, by hand. */
final class SoftmaxModel implements Model {
  private final int m;
  private final int classes;
  private final float rate;
  private final float[] w;
  private final float[] dw;
  private float[] x;
  private int[] y;
  private float[] p;

  /** With m inputs and one label. */
  SoftmaxModel(int m, int classes, float rate) {
    this.m = m;
    this.classes = classes;
    this.rate = rate;
    w = new float[m * classes];
    dw = new float[m * classes];
  }

  @Override
  public String name() {
    return "Kinds";
  }

  @Override
  public void reserve(int examples) {
    x = new float[examples * m];
    y = new int[examples];
    p = new float[examples * classes];
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(Tensor.of("x", x, m));
  }

  @Override
  public List<Tensor> targets() {
    return List.of(Tensor.labels("kind", classes, y));
  }

  @Override
  public List<Tensor> outputs() {
    return List.of(Tensor.of("p", p, classes));
  }

  @Override
  public List<Tensor> parameters() {
    return List.of(Tensor.of("w", w, m, classes));
  }

  @Override
  public List<Tensor> gradients() {
    return List.of(Tensor.of("w", dw, m, classes));
  }

  @Override
  public List<Tensor> optimizerStates() {
    return List.of();
  }

  @Override
  public List<Value> values() {
    return List.of(new Value(Tensor.of("p", p, classes), "p = softmax(x @ w)", "kinds.nn:4"));
  }

  @Override
  public void initialize(long seed) {
    Arrays.fill(w, 0);
  }

  @Override
  public void predict(int n) {
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        float z = 0;
        for (int k = 0; k < m; k++) {
          z += x[i * m + k] * w[k * classes + c];
        }
        p[i * classes + c] = (float) StrictMath.exp(z);
        sum += p[i * classes + c];
      }
      for (int c = 0; c < classes; c++) {
        p[i * classes + c] /= (float) sum;
      }
    }
  }

  @Override
  public double loss(int n) {
    predict(n);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum -= StrictMath.log(p[i * classes + y[i]]);
    }
    return sum / n;
  }

  @Override
  public void backward(int n) {
    Arrays.fill(dw, 0);
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < classes; c++) {
        float dz = (p[i * classes + c] - (y[i] == c ? 1 : 0)) / n;
        for (int k = 0; k < m; k++) {
          dw[k * classes + c] += x[i * m + k] * dz;
        }
      }
    }
  }

  @Override
  public void update(Moment now) {
    for (int k = 0; k < w.length; k++) {
      w[k] -= rate * dw[k];
    }
  }
}
