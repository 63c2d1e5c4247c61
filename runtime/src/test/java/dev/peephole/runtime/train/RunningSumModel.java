package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.kernel.Sequences;
import java.util.List;

/**
 * Predicts w times the sum of a sequence up to each step, and of the whole, by hand. The loss is
 * the mean squared error over an example's own steps.
 */
final class RunningSumModel implements Model {
  private final float rate;
  private final float[] w = new float[1];
  private final float[] dw = new float[1];
  private int[] lengths;
  private float[] x;
  private float[] y;
  private float[] total;
  private float[] p;
  private float[] last;

  RunningSumModel(float rate) {
    this.rate = rate;
  }

  @Override
  public String name() {
    return "Sums";
  }

  @Override
  public void reserve(int examples) {
    reserve(examples, 1);
  }

  @Override
  public void reserve(int examples, int steps) {
    lengths = new int[examples];
    x = new float[examples * steps];
    y = new float[examples * steps];
    p = new float[examples * steps];
    total = new float[examples];
    last = new float[examples];
  }

  @Override
  public int[] lengths() {
    return lengths;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(Tensor.of("x", x, Tensor.OPEN, 1));
  }

  @Override
  public List<Tensor> targets() {
    return List.of(Tensor.of("y", y, Tensor.OPEN), Tensor.of("total", total));
  }

  @Override
  public List<Tensor> outputs() {
    return List.of(Tensor.of("p", p, Tensor.OPEN), Tensor.of("last", last));
  }

  @Override
  public List<Tensor> parameters() {
    return List.of(Tensor.of("w", w));
  }

  @Override
  public List<Tensor> gradients() {
    return List.of(Tensor.of("w", dw));
  }

  @Override
  public List<Tensor> optimizerStates() {
    return List.of();
  }

  @Override
  public List<Value> values() {
    return List.of();
  }

  @Override
  public void initialize(long seed) {
    w[0] = 0;
  }

  @Override
  public void predict(int n) {
    int stride = Sequences.longest(lengths, n);
    for (int i = 0; i < n; i++) {
      float sum = 0;
      for (int t = 0; t < lengths[i]; t++) {
        sum += x[i * stride + t];
        p[i * stride + t] = w[0] * sum;
      }
      last[i] = w[0] * sum;
    }
  }

  @Override
  public double loss(int n) {
    predict(n);
    int stride = Sequences.longest(lengths, n);
    double loss = 0;
    dw[0] = 0;
    for (int i = 0; i < n; i++) {
      float sum = 0;
      for (int t = 0; t < lengths[i]; t++) {
        sum += x[i * stride + t];
        double error = p[i * stride + t] - y[i * stride + t];
        loss += error * error / lengths[i] / n;
        dw[0] += (float) (2 * error * sum / lengths[i] / n);
      }
    }
    return loss;
  }

  @Override
  public void backward(int n) {}

  @Override
  public void update(Moment now) {
    w[0] -= rate * dw[0];
  }
}
