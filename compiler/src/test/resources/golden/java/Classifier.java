import static dev.peephole.runtime.kernel.ArrayMath.exp;
import static dev.peephole.runtime.kernel.Real.log;
import static dev.peephole.runtime.kernel.Real.max;
import static dev.peephole.runtime.kernel.Real.pow;
import static dev.peephole.runtime.kernel.Real.sqrt;
import static dev.peephole.runtime.kernel.Real.square;

import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.Parameter;
import dev.peephole.runtime.Share;
import dev.peephole.runtime.kernel.MatrixProduct;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;

/**
 * Which of three kinds, from four measurements.
 *
 * <p>Compiled by {@code nnc} from {@code Classifier.nn} in the fast style. Above each step
 * stands its equation, with the line of the model that it comes from.
 */
public final class Classifier extends ArrayModel<float[]> {
  private static final float beta1 = 0.9f;
  private static final float beta2 = 0.999f;
  private static final float rate = 0.01f;
  private static final float epsilon = 1.0E-8f;
  private final MatrixProduct products = new MatrixProduct();
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
  /** [N, 4] input */
  private float[] x;
  /** [N] target */
  private int[] kind;
  /** [N, 6] xW1 = x · W1    Classifier.nn:6 */
  private float[] xW1;
  /** [N, 6] h = max(xW1 + b1, 0)    Classifier.nn:6 */
  private float[] h;
  /** [N, 3] hW2 = h · W2    Classifier.nn:7 */
  private float[] hW2;
  /** [N, 3] logits = hW2 + b2    Classifier.nn:7 */
  private float[] logits;
  /** [N] peak = maxₖ(logits)    Classifier.nn:9 */
  private float[] peak;
  /** [N, 3] e = exp(logits − peak)    Classifier.nn:9 */
  private float[] e;
  /** [N] total = Σₖ e    Classifier.nn:9 */
  private float[] total;
  /** [N, 3] p = e / total    Classifier.nn:9 */
  private float[] p;
  /** loss = (Σₙ (log(total) − (logits[.., kind] − peak))) / N    Classifier.nn:10 */
  private float loss;
  /** [N, 3] ∂loss / ∂logits */
  private float[] dlogits;
  /** [N, 6] ∂loss / ∂h */
  private float[] dh;
  /** [N, 6] dz = dh if h > 0 else 0    Classifier.nn:6 */
  private float[] dz;

  public Classifier() {
    super("Classifier", float[]::new);
  }

  /** What the outputs need, and training too. */
  private void forward(int N) {
    // xW1 = x · W1                                                  Classifier.nn:6
    products.multiply(x, W1, xW1, N, 4, 6);

    // h = max(xW1 + b1, 0)                                          Classifier.nn:6
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 6; k++) {
        h[n * 6 + k] = max(xW1[n * 6 + k] + b1[k], 0);
      }
    }

    // hW2 = h · W2                                                  Classifier.nn:7
    products.multiply(h, W2, hW2, N, 6, 3);

    // logits = hW2 + b2                                             Classifier.nn:7
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 3; k++) {
        logits[n * 3 + k] = hW2[n * 3 + k] + b2[k];
      }
    }

    // peak = maxₖ(logits)                                           Classifier.nn:9
    for (int n = 0; n < N; n++) {
      float greatest = Float.NEGATIVE_INFINITY;
      for (int k = 0; k < 3; k++) {
        greatest = max(greatest, logits[n * 3 + k]);
      }
      peak[n] = greatest;
    }

    // e = exp(logits − peak)                                        Classifier.nn:9
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 3; k++) {
        e[n * 3 + k] = logits[n * 3 + k] - peak[n];
      }
    }
    exp(e, 0, N * 3);

    // total = Σₖ e                                                  Classifier.nn:9
    for (int n = 0; n < N; n++) {
      float sum = 0f;
      for (int k = 0; k < 3; k++) {
        sum += e[n * 3 + k];
      }
      total[n] = sum;
    }

    // p = e / total                                                 Classifier.nn:9
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 3; k++) {
        p[n * 3 + k] = e[n * 3 + k] / total[n];
      }
    }
  }

  @Override
  public void predict(int N) {
    forward(N);
  }

  @Override
  public double loss(int N) {
    forward(N);

    // loss = (Σₙ (log(total) − (logits[.., kind] − peak))) / N      Classifier.nn:10
    loss = 0f;
    for (int n = 0; n < N; n++) {
      loss += log(total[n]) - (logits[n * 3 + kind[n]] - peak[n]);
    }
    loss = loss / N;
    return loss;
  }

  @Override
  public void backward(int N) {
    // dlogits = 1 / N · (p − onehot(kind))                          Classifier.nn:9
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 3; k++) {
        dlogits[n * 3 + k] = 1f / N * (p[n * 3 + k] - (k == kind[n] ? 1 : 0));
      }
    }

    // db2 = Σₙ dlogits                                              Classifier.nn:7
    Arrays.fill(db2, 0f);
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 3; k++) {
        db2[k] += dlogits[n * 3 + k];
      }
    }

    // dh = dlogits · W2ᵀ                                            Classifier.nn:7
    products.multiplyRightTransposed(dlogits, W2, dh, N, 3, 6);

    // dW2 = hᵀ · dlogits                                            Classifier.nn:7
    products.multiplyLeftTransposed(h, dlogits, dW2, 6, N, 3);

    // dz = dh if h > 0 else 0                                       Classifier.nn:6
    for (int i = 0; i < N * 6; i++) {
      dz[i] = h[i] > 0 ? dh[i] : 0;
    }

    // db1 = Σₙ dz                                                   Classifier.nn:6
    Arrays.fill(db1, 0f);
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 6; k++) {
        db1[k] += dz[n * 6 + k];
      }
    }

    // dW1 = xᵀ · dz                                                 Classifier.nn:6
    products.multiplyLeftTransposed(x, dz, dW1, 4, N, 6);
  }

  @Override
  public void update(Moment now) {
    update(now, Share.WHOLE);
  }

  @Override
  public void update(Moment now, Share share) {
    for (Parameter<float[]> each : trained()) {
      adam(each.value(), each.gradient(), each.state("m"), each.state("v"), now.step(), share);
    }
  }

  /** Adam (Kingma & Ba, 2015). */
  private static void adam(float[] parameter, float[] gradient, float[] m, float[] v, float step,
      Share share) {
    int begin = share.begin(parameter.length);
    int end = share.end(parameter.length);

    // difference = 1 − beta1^step                                   Classifier.nn:20
    float difference = 1 - pow(beta1, step);
    // difference2 = 1 − beta2^step                                  Classifier.nn:20
    float difference2 = 1 - pow(beta2, step);
    for (int i = begin; i < end; i++) {
      // m ← beta1 · m + (1 − beta1) · gradient                        Classifier.nn:20
      m[i] = beta1 * m[i] + (1 - beta1) * gradient[i];
      // v ← beta2 · v + (1 − beta2) · gradient²                       Classifier.nn:20
      v[i] = beta2 * v[i] + (1 - beta2) * square(gradient[i]);
      // parameter ← parameter
      //     − rate · m / difference / (√(v / difference2) + epsilon)    Classifier.nn:20
      parameter[i] = parameter[i]
          - rate * (m[i] / difference) / (sqrt(v[i] / difference2) + epsilon);
    }
  }

  @Override
  public void initialize(long seed) {
    // W1 = N(0, 1)                                                  Classifier.nn:6
    new Philox(seed, 0).normal(W1);
    // W1 ← √(2 / 4) · W1                                            Classifier.nn:6
    for (int i = 0; i < 24; i++) {
      W1[i] = 0.70710677f * W1[i];
    }

    // b1 = 0                                                        Classifier.nn:6
    Arrays.fill(b1, 0f);

    // W2 = U(0, 1)                                                  Classifier.nn:7
    new Philox(seed, 1).uniform(W2);
    // W2 ← −√(6 / (6 + 3)) + 2 · √(6 / (6 + 3)) · W2                Classifier.nn:7
    for (int i = 0; i < 18; i++) {
      W2[i] = -0.8164966f + 1.6329932f * W2[i];
    }

    // b2 = 0                                                        Classifier.nn:7
    Arrays.fill(b2, 0f);

    forget();
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
  protected void buffers() {
    x = input("x", BATCH, 4);
    kind = targetLabels("kind", 3, BATCH);
    xW1 = reals(BATCH, 6);
    peak = reals(BATCH);
    e = reals(BATCH, 3);
    total = reals(BATCH);
    p = reals(BATCH, 3);
    dh = reals(BATCH, 6);

    // What is never needed at the same time shares an array.
    h = xW1;
    hW2 = dh;
    logits = dh;
    dlogits = e;
    dz = xW1;

    value("h", h, "max(xW1 + b1, 0)", "Classifier.nn:6", BATCH, 6);
    value("logits", logits, "hW2 + b2", "Classifier.nn:7", BATCH, 3);
    value("peak", peak, "maxₖ(logits)", "Classifier.nn:9", BATCH);
    value("e", e, "exp(logits − peak)", "Classifier.nn:9", BATCH, 3);
    value("total", total, "Σₖ e", "Classifier.nn:9", BATCH);
    value("p", p, "e / total", "Classifier.nn:9", BATCH, 3);
    value("loss", () -> loss, "(Σₙ (log(total) − (logits[.., kind] − peak))) / N",
        "Classifier.nn:10");
    output("p", p, BATCH, 3);
  }
}
