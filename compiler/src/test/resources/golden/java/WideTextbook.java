import static dev.peephole.runtime.kernel.MatrixNotation.matrix;
import static dev.peephole.runtime.kernel.MatrixNotation.multiply;
import static dev.peephole.runtime.kernel.MatrixNotation.orthonormalize;
import static dev.peephole.runtime.kernel.MatrixNotation.transposed;
import static dev.peephole.runtime.kernel.Real.sqrt;
import static dev.peephole.runtime.kernel.Real.square;
import static dev.peephole.runtime.kernel.Real.tanh;

import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;

/**
 * Rows long enough for vectors: a cell with forty units.
 *
 * <p>Compiled by {@code nnc} from {@code Wide.nn} in the textbook style. Above each step
 * stands its equation, with the line of the model that it comes from.
 * {@code recurrent.nn} is a file of the library, which {@code nnc std} prints.
 */
public final class WideTextbook extends ArrayModel<float[]> {
  /** rnn.W: [2, 40], at first glorot_uniform */
  private final float[] W1 = new float[2 * 40];
  /** ∂loss / ∂W1 */
  private final float[] dW1 = new float[2 * 40];
  /** rnn.U: [40, 40], at first orthogonal */
  private final float[] U = new float[40 * 40];
  /** ∂loss / ∂U */
  private final float[] dU = new float[40 * 40];
  /** rnn.b: [40], at first 0 */
  private final float[] b1 = new float[40];
  /** ∂loss / ∂b1 */
  private final float[] db1 = new float[40];
  /** dense.W: [40, 1], at first glorot_uniform */
  private final float[] W2 = new float[40 * 1];
  /** ∂loss / ∂W2 */
  private final float[] dW2 = new float[40 * 1];
  /** dense.b: [1], at first 0 */
  private final float[] b2 = new float[1];
  /** ∂loss / ∂b2 */
  private final float[] db2 = new float[1];
  /** [N, 3, 2] input */
  private float[] x;
  /** [N, 1] target */
  private float[] y;
  /** [3, N, 2] x_t = x[n, t → t, n]    Wide.nn:6 */
  private float[] x_t;
  /** [3, N, 40] s = tanh(x_tW1 + sPrevU + b1)    recurrent.nn:16 */
  private float[] s;
  /** [3, N, 40] sPrev = s[t − 1], at first 0 */
  private float[] sPrev;
  /** [N, 40] x_tW1 = x_t · W1    recurrent.nn:16 */
  private float[] x_tW1;
  /** [N, 40] sPrevU = sPrev · U    recurrent.nn:16 */
  private float[] sPrevU;
  /** [N, 1, 40] last = s[t, n → n, t][.., 2]    Wide.nn:7 */
  private float[] last;
  /** [N, 1] lastW2 = last · W2    Wide.nn:7 */
  private float[] lastW2;
  /** [N, 1] p = lastW2 + b2    Wide.nn:7 */
  private float[] p;
  /** loss = (Σₙ (p − y)²) / N    Wide.nn:9 */
  private float loss;
  /** [N, 1] ∂loss / ∂p */
  private float[] dp;
  /** [N, 40] dlast = dp · W2ᵀ    Wide.nn:7 */
  private float[] dlast;
  /** [3, N, 40] dsOut = padₜ(dlast, 2..3 of 3)[n, t → t, n]    Wide.nn:6 */
  private float[] dsOut;
  /** [3, N, 40] ∂loss / ∂sPrev */
  private float[] dsPrev;
  /** [3, N, 40] dz_s = ds ⊙ (1 − s²)    recurrent.nn:16 */
  private float[] dz_s;
  /** [N, 40] dsNext = dsPrev[t + 1], at first 0 */
  private float[] dsNext;
  /** [N, 40] ∂loss / ∂s */
  private float[] ds;

  public WideTextbook() {
    super("Wide", float[]::new);
  }

  /** What the outputs need, and training too. */
  private void forward(int N) {
    // x_t = x[n, t → t, n]                                          Wide.nn:6
    for (int t = 0; t < 3; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 2; k++) {
          x_t[(t * N + n) * 2 + k] = x[(n * 3 + t) * 2 + k];
        }
      }
    }

    // rnn, one time step after another                              Wide.nn:6
    for (int t = 0; t < 3; t++) {
      if (t == 0) {
        // sPrev = 0                                                     recurrent.nn:16
        Arrays.fill(sPrev, 0, N * 40, 0f);
      } else {
        // sPrev = s[t − 1]                                              recurrent.nn:16
        System.arraycopy(s, (t - 1) * N * 40, sPrev, t * N * 40, N * 40);
      }

      // x_tW1 = x_t · W1                                              recurrent.nn:16
      multiply(matrix(x_t, t, N, 2), matrix(W1, 2, 40), matrix(x_tW1, N, 40));

      // sPrevU = sPrev · U                                            recurrent.nn:16
      multiply(matrix(sPrev, t, N, 40), matrix(U, 40, 40), matrix(sPrevU, N, 40));

      // s = tanh(x_tW1 + sPrevU + b1)                                 recurrent.nn:16
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 40; k++) {
          s[(t * N + n) * 40 + k] = tanh(x_tW1[n * 40 + k] + sPrevU[n * 40 + k] + b1[k]);
        }
      }
    }

    // last = s[t, n → n, t][.., 2]                                  Wide.nn:7
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 40; k++) {
        last[n * 40 + k] = s[(2 * N + n) * 40 + k];
      }
    }

    // lastW2 = last · W2                                            Wide.nn:7
    multiply(matrix(last, N, 40), matrix(W2, 40, 1), matrix(lastW2, N, 1));

    // p = lastW2 + b2                                               Wide.nn:7
    for (int n = 0; n < N; n++) {
      p[n] = lastW2[n] + b2[0];
    }
  }

  @Override
  public void predict(int N) {
    forward(N);
  }

  @Override
  public double loss(int N) {
    forward(N);

    // loss = (Σₙ (p − y)²) / N                                      Wide.nn:9
    loss = 0f;
    for (int n = 0; n < N; n++) {
      loss += square(p[n] - y[n]);
    }
    loss = loss / N;
    return loss;
  }

  @Override
  public void backward(int N) {
    // dp = 2 / N · (p − y)                                          Wide.nn:9
    for (int n = 0; n < N; n++) {
      dp[n] = 2f / N * (p[n] - y[n]);
    }

    // db2 = Σₙ dp                                                   Wide.nn:7
    Arrays.fill(db2, 0f);
    for (int n = 0; n < N; n++) {
      db2[0] += dp[n];
    }

    // dlast = dp · W2ᵀ                                              Wide.nn:7
    multiply(matrix(dp, N, 1), transposed(matrix(W2, 40, 1)), matrix(dlast, N, 40));

    // dW2 = lastᵀ · dp                                              Wide.nn:7
    multiply(transposed(matrix(last, N, 40)), matrix(dp, N, 1), matrix(dW2, 40, 1));

    // dsOut = padₜ(dlast, 2..3 of 3)[n, t → t, n]                   Wide.nn:6
    for (int t = 0; t < 3; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 40; k++) {
          dsOut[(t * N + n) * 40 + k] = t >= 2 && t < 3 ? dlast[(n + t - 2) * 40 + k] : 0;
        }
      }
    }

    // rnn, backwards, one time step after another                   Wide.nn:6
    for (int t = 2; t >= 0; t--) {
      if (t == 2) {
        // dsNext = 0                                                    recurrent.nn:16
        Arrays.fill(dsNext, 0, N * 40, 0f);
      } else {
        // dsNext = dsPrev[t + 1]                                        recurrent.nn:16
        System.arraycopy(dsPrev, (t + 1) * N * 40, dsNext, 0, N * 40);
      }

      // ds = dsNext + dsOut                                           Wide.nn:6
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 40; k++) {
          ds[n * 40 + k] = dsNext[n * 40 + k] + dsOut[(t * N + n) * 40 + k];
        }
      }

      // dz_s = ds ⊙ (1 − s²)                                          recurrent.nn:16
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 40; k++) {
          dz_s[(t * N + n) * 40 + k] = ds[n * 40 + k] * (1 - square(s[(t * N + n) * 40 + k]));
        }
      }

      // sPrev stands in   sPrevU = sPrev · U
      // dsPrev = dz_s · Uᵀ                                            recurrent.nn:16
      multiply(matrix(dz_s, t, N, 40), transposed(matrix(U, 40, 40)), matrix(dsPrev, t, N, 40));
    }

    // db1 = Σₜₙ dz_s                                                recurrent.nn:16
    Arrays.fill(db1, 0f);
    for (int t = 0; t < 3; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 40; k++) {
          db1[k] += dz_s[(t * N + n) * 40 + k];
        }
      }
    }

    // dU = sPrevᵀ · dz_s                                            recurrent.nn:16
    multiply(transposed(matrix(sPrev, 3 * N, 40)), matrix(dz_s, 3 * N, 40), matrix(dU, 40, 40));

    // dW1 = x_tᵀ · dz_s                                             recurrent.nn:16
    multiply(transposed(matrix(x_t, 3 * N, 2)), matrix(dz_s, 3 * N, 40), matrix(dW1, 2, 40));
  }

  @Override
  public void update(Moment now) {
    throw new UnsupportedOperationException("Wide.nn has no training plan for Wide");
  }

  @Override
  public void initialize(long seed) {
    // W1 = U(0, 1)                                                  recurrent.nn:8
    new Philox(seed, 0).uniform(W1);
    // W1 ← −√(6 / (2 + 40)) + 2 · √(6 / (2 + 40)) · W1              recurrent.nn:8
    for (int j = 0; j < 2; j++) {
      for (int k = 0; k < 40; k++) {
        W1[j * 40 + k] = -sqrt(6f / (2 + 40)) + 2 * sqrt(6f / (2 + 40)) * W1[j * 40 + k];
      }
    }

    // U = N(0, 1)                                                   recurrent.nn:9
    new Philox(seed, 1).normal(U);
    // U ← orthonormal(U)                                            recurrent.nn:9
    orthonormalize(matrix(U, 40, 40));

    // b1 = 0                                                        recurrent.nn:10
    Arrays.fill(b1, 0f);

    // W2 = U(0, 1)                                                  Wide.nn:7
    new Philox(seed, 2).uniform(W2);
    // W2 ← −√(6 / (40 + 1)) + 2 · √(6 / (40 + 1)) · W2              Wide.nn:7
    for (int j = 0; j < 40; j++) {
      W2[j] = -((float) sqrt(6.0 / (40 + 1))) + 2 * (float) sqrt(6.0 / (40 + 1)) * W2[j];
    }

    // b2 = 0                                                        Wide.nn:7
    Arrays.fill(b2, 0f);
  }

  @Override
  protected void declare() {
    parameter("rnn.W", W1, dW1, 2, 40);
    parameter("rnn.U", U, dU, 40, 40);
    parameter("rnn.b", b1, db1, 40);
    parameter("dense.W", W2, dW2, 40, 1);
    parameter("dense.b", b2, db2, 1);
  }

  @Override
  protected void buffers() {
    x = input("x", BATCH, 3, 2);
    y = target("y", BATCH, 1);
    x_t = value("x_t", "x[n, t → t, n]", "Wide.nn:6", 3, BATCH, 2);
    s = value("s", "tanh(x_tW1 + sPrevU + b1)", "recurrent.nn:16", 3, BATCH, 40);
    sPrev = value("sPrev", "s[t − 1]", "recurrent.nn:16", 3, BATCH, 40);
    x_tW1 = reals(BATCH, 40);
    sPrevU = reals(BATCH, 40);
    last = value("last", "s[t, n → n, t][.., 2]", "Wide.nn:7", BATCH, 1, 40);
    lastW2 = value("lastW2", "last · W2", "Wide.nn:7", BATCH, 1);
    p = value("p", "lastW2 + b2", "Wide.nn:7", BATCH, 1);
    value("loss", () -> loss, "(Σₙ (p − y)²) / N", "Wide.nn:9");
    dp = gradient("p", BATCH, 1);
    dlast = reals(BATCH, 40);
    dsOut = reals(3, BATCH, 40);
    dsPrev = gradient("sPrev", 3, BATCH, 40);
    dz_s = reals(3, BATCH, 40);
    dsNext = reals(BATCH, 40);
    ds = reals(BATCH, 40);
    output("p", p, BATCH, 1);
    state("s", "sPrev");
    flat("s", -1, 1);
  }
}
