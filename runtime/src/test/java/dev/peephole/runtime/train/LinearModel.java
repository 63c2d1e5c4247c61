package dev.peephole.runtime.train;

import dev.peephole.runtime.Insight;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Moment;
import java.util.Arrays;
import java.util.List;

/**
 * Linear regression, p = x · w + b with the loss mean((p - y)²), trained by gradient descent with
 * momentum: what the compiler might have generated, by hand.
 */
public final class LinearModel implements Model {
  private static final float MOMENTUM = 0.5f;

  private final int m;
  private final float rate;
  private final float[] w;
  private final float[] b = new float[1];
  private final float[] dw;
  private final float[] db = new float[1];
  private final float[] wv;
  private final float[] bv = new float[1];
  private float[] x;
  private float[] y;
  private float[] p;
  private float[] squared;
  private final float[] mean = new float[1];

  /** With m inputs. */
  public LinearModel(int m, float rate) {
    this.m = m;
    this.rate = rate;
    w = new float[m];
    dw = new float[m];
    wv = new float[m];
  }

  @Override
  public String name() {
    return "Line";
  }

  @Override
  public void reserve(int examples) {
    x = new float[examples * m];
    y = new float[examples];
    p = new float[examples];
    squared = new float[examples];
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(Tensor.of("x", x, m));
  }

  @Override
  public List<Tensor> targets() {
    return List.of(Tensor.of("y", y, 1));
  }

  @Override
  public List<Tensor> outputs() {
    return List.of(Tensor.of("p", p, 1));
  }

  @Override
  public List<Tensor> parameters() {
    return List.of(Tensor.of("line.w", w, m, 1), Tensor.of("line.b", b, 1));
  }

  @Override
  public List<Tensor> gradients() {
    return List.of(Tensor.of("line.w", dw, m, 1), Tensor.of("line.b", db, 1));
  }

  @Override
  public List<Tensor> optimizerStates() {
    return List.of(Tensor.of("line.w.v", wv, m, 1), Tensor.of("line.b.v", bv, 1));
  }

  @Override
  public List<Value> values() {
    return List.of(
        new Value(Tensor.of("p", p, 1), "p = x @ w + b", "line.nn:5", Insight.BATCH, 1),
        new Value(Tensor.of("squared", squared, 1), "squared = (p - y) ^ 2", "line.nn:6"),
        new Value(Tensor.of("loss", mean), "loss mean(squared)", "line.nn:7"));
  }

  @Override
  public void initialize(long seed) {
    for (int k = 0; k < m; k++) {
      w[k] = 0.01f * (seed + k);
      wv[k] = 0;
    }
    b[0] = 0;
    bv[0] = 0;
  }

  @Override
  public void predict(int n) {
    for (int i = 0; i < n; i++) {
      p[i] = b[0];
      for (int k = 0; k < m; k++) {
        p[i] += x[i * m + k] * w[k];
      }
    }
  }

  @Override
  public double loss(int n) {
    predict(n);
    float sum = 0;
    for (int i = 0; i < n; i++) {
      squared[i] = (p[i] - y[i]) * (p[i] - y[i]);
      sum += squared[i];
    }
    mean[0] = sum / n;
    return mean[0];
  }

  @Override
  public void backward(int n) {
    Arrays.fill(dw, 0);
    db[0] = 0;
    for (int i = 0; i < n; i++) {
      float dp = 2 * (p[i] - y[i]) / n;
      db[0] += dp;
      for (int k = 0; k < m; k++) {
        dw[k] += dp * x[i * m + k];
      }
    }
  }

  @Override
  public void update(Moment now) {
    for (int k = 0; k < m; k++) {
      wv[k] = MOMENTUM * wv[k] + dw[k];
      w[k] -= rate * wv[k];
    }
    bv[0] = MOMENTUM * bv[0] + db[0];
    b[0] -= rate * bv[0];
  }
}
