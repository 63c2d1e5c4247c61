import static dev.peephole.runtime.kernel.ArrayMath.sigmoid;
import static dev.peephole.runtime.kernel.ArrayMath.tanh;
import static dev.peephole.runtime.kernel.Real.softplus;
import static dev.peephole.runtime.kernel.Real.square;

import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.Parameter;
import dev.peephole.runtime.Share;
import dev.peephole.runtime.kernel.MatrixProduct;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;

/**
 * The smallest problem that needs a hidden layer (Rumelhart, Hinton & Williams, 1986).
 *
 * <p>Compiled by {@code nnc} from {@code xor.nn} in the fast style. Above each step
 * stands its equation, with the line of the model that it comes from.
 */
public final class Xor extends ArrayModel<float[]> {
  private static final float momentum = 0.9f;
  private static final float rate = 0.5f;
  private final MatrixProduct products = new MatrixProduct();
  /** dense1.W: [2, 8], at first glorot_uniform */
  private final float[] W1 = new float[2 * 8];
  /** ∂loss / ∂W1 */
  private final float[] dW1 = new float[2 * 8];
  /** dense1.b: [8], at first 0 */
  private final float[] b1 = new float[8];
  /** ∂loss / ∂b1 */
  private final float[] db1 = new float[8];
  /** dense2.W: [8, 1], at first glorot_uniform */
  private final float[] W2 = new float[8 * 1];
  /** ∂loss / ∂W2 */
  private final float[] dW2 = new float[8 * 1];
  /** dense2.b: [1], at first 0 */
  private final float[] b2 = new float[1];
  /** ∂loss / ∂b2 */
  private final float[] db2 = new float[1];
  /** [N, 2] input */
  private float[] x;
  /** [N, 1] target */
  private float[] y;
  /** [N, 8] xW1 = x · W1    xor.nn:6 */
  private float[] xW1;
  /** [N, 8] h = tanh(xW1 + b1)    xor.nn:6 */
  private float[] h;
  /** [N, 1] hW2 = h · W2    xor.nn:7 */
  private float[] hW2;
  /** [N, 1] logit = hW2 + b2    xor.nn:7 */
  private float[] logit;
  /** [N, 1] p = σ(logit)    xor.nn:9 */
  private float[] p;
  /** loss = (Σₙ (softplus(logit) − logit ⊙ y)) / N    xor.nn:10 */
  private float loss;
  /** [N, 1] ∂loss / ∂logit */
  private float[] dlogit;
  /** [N, 8] ∂loss / ∂h */
  private float[] dh;
  /** [N, 8] dz = dh ⊙ (1 − h²)    xor.nn:6 */
  private float[] dz;

  public Xor() {
    super("Xor", float[]::new);
  }

  /** What the outputs need, and training too. */
  private void forward(int N) {
    // xW1 = x · W1                                                  xor.nn:6
    products.multiply(x, W1, xW1, N, 2, 8);

    // h = tanh(xW1 + b1)                                            xor.nn:6
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 8; k++) {
        h[n * 8 + k] = xW1[n * 8 + k] + b1[k];
      }
    }
    tanh(h, 0, N * 8);

    // hW2 = h · W2                                                  xor.nn:7
    products.multiply(h, W2, hW2, N, 8, 1);

    for (int n = 0; n < N; n++) {
      // logit = hW2 + b2                                              xor.nn:7
      logit[n] = hW2[n] + b2[0];
      // p = σ(logit)                                                  xor.nn:9
      p[n] = logit[n];
    }
    sigmoid(p, 0, N);
  }

  @Override
  public void predict(int N) {
    forward(N);
  }

  @Override
  public double loss(int N) {
    forward(N);

    // loss = (Σₙ (softplus(logit) − logit ⊙ y)) / N                 xor.nn:10
    loss = 0f;
    for (int n = 0; n < N; n++) {
      loss += softplus(logit[n]) - logit[n] * y[n];
    }
    loss = loss / N;
    return loss;
  }

  @Override
  public void backward(int N) {
    // dlogit = 1 / N · (p − y)                                      xor.nn:10
    for (int n = 0; n < N; n++) {
      dlogit[n] = 1f / N * (p[n] - y[n]);
    }

    // db2 = Σₙ dlogit                                               xor.nn:7
    Arrays.fill(db2, 0f);
    for (int n = 0; n < N; n++) {
      db2[0] += dlogit[n];
    }

    // dh = dlogit · W2ᵀ                                             xor.nn:7
    products.multiplyRightTransposed(dlogit, W2, dh, N, 1, 8);

    // dW2 = hᵀ · dlogit                                             xor.nn:7
    products.multiplyLeftTransposed(h, dlogit, dW2, 8, N, 1);

    // dz = dh ⊙ (1 − h²)                                            xor.nn:6
    for (int i = 0; i < N * 8; i++) {
      dz[i] = dh[i] * (1 - square(h[i]));
    }

    // db1 = Σₙ dz                                                   xor.nn:6
    Arrays.fill(db1, 0f);
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 8; k++) {
        db1[k] += dz[n * 8 + k];
      }
    }

    // dW1 = xᵀ · dz                                                 xor.nn:6
    products.multiplyLeftTransposed(x, dz, dW1, 2, N, 8);
  }

  @Override
  public void update(Moment now) {
    update(now, Share.WHOLE);
  }

  @Override
  public void update(Moment now, Share share) {
    for (Parameter<float[]> each : trained()) {
      sgd(each.value(), each.gradient(), each.state("v"), share);
    }
  }

  /**
   * Stochastic gradient descent (Robbins & Monro, 1951) with momentum (Polyak, 1964), looking ahead
   * if asked for (Nesterov, 1983, in the form of Sutskever et al., 2013), and with a decay of weights
   * that is no part of the gradient (Loshchilov & Hutter, 2019).
   */
  private static void sgd(float[] parameter, float[] gradient, float[] v, Share share) {
    int begin = share.begin(parameter.length);
    int end = share.end(parameter.length);

    for (int i = begin; i < end; i++) {
      // v ← momentum · v + gradient                                   xor.nn:17
      v[i] = momentum * v[i] + gradient[i];
      // parameter ← parameter − rate · v                              xor.nn:17
      parameter[i] = parameter[i] - rate * v[i];
    }
  }

  @Override
  public void initialize(long seed) {
    // W1 = U(0, 1)                                                  xor.nn:6
    new Philox(seed, 0).uniform(W1);
    // W1 ← −√(6 / (2 + 8)) + 2 · √(6 / (2 + 8)) · W1                xor.nn:6
    for (int i = 0; i < 16; i++) {
      W1[i] = -0.7745967f + 1.5491934f * W1[i];
    }

    // b1 = 0                                                        xor.nn:6
    Arrays.fill(b1, 0f);

    // W2 = U(0, 1)                                                  xor.nn:7
    new Philox(seed, 1).uniform(W2);
    // W2 ← −√(6 / (8 + 1)) + 2 · √(6 / (8 + 1)) · W2                xor.nn:7
    for (int j = 0; j < 8; j++) {
      W2[j] = -0.8164966f + 1.6329932f * W2[j];
    }

    // b2 = 0                                                        xor.nn:7
    Arrays.fill(b2, 0f);

    forget();
  }

  @Override
  protected void declare() {
    parameter("dense1.W", W1, dW1, 2, 8);
    parameter("dense1.b", b1, db1, 8);
    parameter("dense2.W", W2, dW2, 8, 1);
    parameter("dense2.b", b2, db2, 1);
    remember("v", 0);
  }

  @Override
  protected void buffers() {
    x = input("x", BATCH, 2);
    y = target("y", BATCH, 1);
    xW1 = reals(BATCH, 8);
    p = reals(BATCH, 1);
    dlogit = reals(BATCH, 1);
    dh = reals(BATCH, 8);

    // What is never needed at the same time shares an array.
    h = xW1;
    hW2 = dh;
    logit = dh;
    dz = xW1;

    value("h", h, "tanh(xW1 + b1)", "xor.nn:6", BATCH, 8);
    value("logit", logit, "hW2 + b2", "xor.nn:7", BATCH, 1);
    value("p", p, "σ(logit)", "xor.nn:9", BATCH, 1);
    value("loss", () -> loss, "(Σₙ (softplus(logit) − logit ⊙ y)) / N", "xor.nn:10");
    output("p", p, BATCH, 1);
  }
}
