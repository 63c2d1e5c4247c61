import static dev.peephole.runtime.kernel.Matrix.multiply;
import static dev.peephole.runtime.kernel.Matrix.multiplyLeftTransposed;
import static dev.peephole.runtime.kernel.Matrix.multiplyRightTransposed;
import static dev.peephole.runtime.kernel.Real.exp;
import static dev.peephole.runtime.kernel.Real.log;
import static dev.peephole.runtime.kernel.Real.max;
import static dev.peephole.runtime.kernel.Real.pow;
import static dev.peephole.runtime.kernel.Real.sqrt;
import static dev.peephole.runtime.kernel.Real.square;

import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Parameter;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;
import java.util.List;

/**
 * Which of three kinds, from four measurements.
 *
 * <p>Compiled by {@code nnc} from {@code Classifier.nn} in the textbook style. Above each step
 * stands its equation, with the line of the model that it comes from.
 */
public final class ClassifierTextbook extends ArrayModel<float[]> {
  private static final float beta1 = 0.9f;
  private static final float beta2 = 0.999f;
  private static final float rate = 0.01f;
  private static final float epsilon = 1.0E-8f;
  /** dense1.W: [4, 6], at first he_normal */
  private final float[] W1 = new float[4 * 6];
  /** ∂loss / ∂W1 */
  private final float[] dW1 = new float[4 * 6];
  /** dense1.b: [6], at first 0 */
  private final float[] b1 = new float[6];
  /** ∂loss / ∂b1 */
  private final float[] db1 = new float[6];
  /** dense2.W: [6, 3], at first glorot_uniform */
  private final float[] W2 = new float[6 * 3];
  /** ∂loss / ∂W2 */
  private final float[] dW2 = new float[6 * 3];
  /** dense2.b: [3], at first 0 */
  private final float[] b2 = new float[3];
  /** ∂loss / ∂b2 */
  private final float[] db2 = new float[3];
  /** [n, 4] input */
  private float[] x;
  /** [n] target */
  private int[] kind;
  /** [n, 6] xW1 = x · W1    Classifier.nn:6 */
  private float[] xW1;
  /** [n, 6] z = xW1 + b1    Classifier.nn:6 */
  private float[] z;
  /** [n, 6] h = max(z, 0)    Classifier.nn:6 */
  private float[] h;
  /** [n, 3] hW2 = h · W2    Classifier.nn:7 */
  private float[] hW2;
  /** [n, 3] logits = hW2 + b2    Classifier.nn:7 */
  private float[] logits;
  /** [n] peak = maxₖ(logits)    Classifier.nn:9 */
  private float[] peak;
  /** [n, 3] e = exp(logits − peak)    Classifier.nn:9 */
  private float[] e;
  /** [n] total = Σₖ e    Classifier.nn:9 */
  private float[] total;
  /** [n, 3] p = e / total    Classifier.nn:9 */
  private float[] p;
  /** loss = (Σₙ (log(total) − (logits[.., kind] − peak))) / N    Classifier.nn:10 */
  private float loss;
  /** [n, 3] dlogits = 1 / N · (p − onehot(kind))    Classifier.nn:9 */
  private float[] dlogits;
  /** [n, 6] dh = dlogits · W2ᵀ    Classifier.nn:7 */
  private float[] dh;
  /** [n, 6] dz = dh if h > 0 else 0    Classifier.nn:6 */
  private float[] dz;

  /** What the outputs need, and training too. */
  private void forward(int n) {
    // xW1 = x · W1                                                  Classifier.nn:6
    multiply(x, W1, xW1, n, 4, 6);

    // z = xW1 + b1                                                  Classifier.nn:6
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 6; j++) {
        z[i * 6 + j] = xW1[i * 6 + j] + b1[j];
      }
    }

    // h = max(z, 0)                                                 Classifier.nn:6
    for (int k = 0; k < n * 6; k++) {
      h[k] = max(z[k], 0);
    }

    // hW2 = h · W2                                                  Classifier.nn:7
    multiply(h, W2, hW2, n, 6, 3);

    // logits = hW2 + b2                                             Classifier.nn:7
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 3; j++) {
        logits[i * 3 + j] = hW2[i * 3 + j] + b2[j];
      }
    }

    // peak = maxₖ(logits)                                           Classifier.nn:9
    for (int i = 0; i < n; i++) {
      float greatest = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < 3; j++) {
        greatest = max(greatest, logits[i * 3 + j]);
      }
      peak[i] = greatest;
    }

    // e = exp(logits − peak)                                        Classifier.nn:9
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 3; j++) {
        e[i * 3 + j] = exp(logits[i * 3 + j] - peak[i]);
      }
    }

    // total = Σₖ e                                                  Classifier.nn:9
    for (int i = 0; i < n; i++) {
      float sum = 0f;
      for (int j = 0; j < 3; j++) {
        sum += e[i * 3 + j];
      }
      total[i] = sum;
    }

    // p = e / total                                                 Classifier.nn:9
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 3; j++) {
        p[i * 3 + j] = e[i * 3 + j] / total[i];
      }
    }
  }

  @Override
  public void predict(int n) {
    forward(n);
  }

  @Override
  public double loss(int n) {
    forward(n);

    // loss = (Σₙ (log(total) − (logits[.., kind] − peak))) / N      Classifier.nn:10
    loss = 0f;
    for (int i = 0; i < n; i++) {
      loss += log(total[i]) - (logits[i * 3 + kind[i]] - peak[i]);
    }
    loss = loss / n;
    return loss;
  }

  @Override
  public void backward(int n) {
    // dlogits = 1 / N · (p − onehot(kind))                          Classifier.nn:9
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 3; j++) {
        dlogits[i * 3 + j] = 1f / n * (p[i * 3 + j] - (j == kind[i] ? 1 : 0));
      }
    }

    // db2 = Σₙ dlogits                                              Classifier.nn:7
    Arrays.fill(db2, 0f);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 3; j++) {
        db2[j] += dlogits[i * 3 + j];
      }
    }

    // dh = dlogits · W2ᵀ                                            Classifier.nn:7
    multiplyRightTransposed(dlogits, W2, dh, n, 3, 6);

    // dW2 = hᵀ · dlogits                                            Classifier.nn:7
    multiplyLeftTransposed(h, dlogits, dW2, 6, n, 3);

    // dz = dh if h > 0 else 0                                       Classifier.nn:6
    for (int k = 0; k < n * 6; k++) {
      dz[k] = h[k] > 0 ? dh[k] : 0;
    }

    // db1 = Σₙ dz                                                   Classifier.nn:6
    Arrays.fill(db1, 0f);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 6; j++) {
        db1[j] += dz[i * 6 + j];
      }
    }

    // dW1 = xᵀ · dz                                                 Classifier.nn:6
    multiplyLeftTransposed(x, dz, dW1, 4, n, 6);
  }

  @Override
  public void update(long step) {
    for (Parameter<float[]> each : trained()) {
      adam(each.value(), each.gradient(), each.state("m"), each.state("v"), step);
    }
  }

  /** Adam (Kingma & Ba, 2015). */
  private static void adam(float[] parameter, float[] gradient, float[] m, float[] v, float step) {
    // m ← beta1 · m + (1 − beta1) · gradient
    // v ← beta2 · v + (1 − beta2) · gradient²
    // m_hat = m / (1 − beta1^step)
    // v_hat = v / (1 − beta2^step)
    // parameter ← parameter − rate · m_hat / (√v_hat + epsilon)
    for (int k = 0; k < parameter.length; k++) {
      m[k] = beta1 * m[k] + (1 - beta1) * gradient[k];
      v[k] = beta2 * v[k] + (1 - beta2) * square(gradient[k]);
      float m_hat = m[k] / (1 - pow(beta1, step));
      float v_hat = v[k] / (1 - pow(beta2, step));
      parameter[k] = parameter[k] - rate * m_hat / (sqrt(v_hat) + epsilon);
    }
  }

  @Override
  public void initialize(long seed) {
    // W1 = N(0, 1)                                                  Classifier.nn:6
    new Philox(seed, 0).normal(W1);
    // W1 ← 0.707107 · W1                                            Classifier.nn:6
    for (int k = 0; k < 24; k++) {
      W1[k] = 0.70710677f * W1[k];
    }

    // b1 = 0                                                        Classifier.nn:6
    Arrays.fill(b1, 0f);

    // W2 = U(0, 1)                                                  Classifier.nn:7
    new Philox(seed, 1).uniform(W2);
    // W2 ← −0.816497 + 1.63299 · W2                                 Classifier.nn:7
    for (int k = 0; k < 18; k++) {
      W2[k] = -0.8164966f + 1.6329932f * W2[k];
    }

    // b2 = 0                                                        Classifier.nn:7
    Arrays.fill(b2, 0f);

    forget();
  }

  @Override
  public void reserve(int examples) {
    x = new float[examples * 4];
    kind = new int[examples];
    xW1 = new float[examples * 6];
    z = new float[examples * 6];
    h = new float[examples * 6];
    hW2 = new float[examples * 3];
    logits = new float[examples * 3];
    peak = new float[examples];
    e = new float[examples * 3];
    total = new float[examples];
    p = new float[examples * 3];
    dlogits = new float[examples * 3];
    dh = new float[examples * 6];
    dz = new float[examples * 6];
  }

  @Override
  protected void declare() {
    parameter("dense1.W", W1, dW1, 4, 6);
    parameter("dense1.b", b1, db1, 6);
    parameter("dense2.W", W2, dW2, 6, 3);
    parameter("dense2.b", b2, db2, 3);
    remember("m", 0);
    remember("v", 0);
  }

  @Override
  public String name() {
    return "Classifier";
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(Tensor.of("x", x, 4));
  }

  @Override
  public List<Tensor> targets() {
    return List.of(Tensor.labels("kind", 3, kind));
  }

  @Override
  public List<Tensor> outputs() {
    return List.of(Tensor.of("p", p, 3));
  }

  @Override
  public List<Model.Value> values() {
    return List.of(
        new Model.Value(Tensor.of("xW1", xW1, 6), "xW1 = x · W1", "Classifier.nn:6"),
        new Model.Value(Tensor.of("z", z, 6), "z = xW1 + b1", "Classifier.nn:6"),
        new Model.Value(Tensor.of("h", h, 6), "h = max(z, 0)", "Classifier.nn:6"),
        new Model.Value(Tensor.of("hW2", hW2, 3), "hW2 = h · W2", "Classifier.nn:7"),
        new Model.Value(Tensor.of("logits", logits, 3), "logits = hW2 + b2", "Classifier.nn:7"),
        new Model.Value(Tensor.of("peak", peak), "peak = maxₖ(logits)", "Classifier.nn:9"),
        new Model.Value(Tensor.of("e", e, 3), "e = exp(logits − peak)", "Classifier.nn:9"),
        new Model.Value(Tensor.of("total", total), "total = Σₖ e", "Classifier.nn:9"),
        new Model.Value(Tensor.of("p", p, 3), "p = e / total", "Classifier.nn:9"),
        new Model.Value(Tensor.of("loss", new float[] {loss}), "loss = (Σₙ (log(total) − (logits[.., kind] − peak))) / N", "Classifier.nn:10"));
  }
}
