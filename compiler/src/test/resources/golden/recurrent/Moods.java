import static dev.peephole.runtime.kernel.MatrixNotation.matrix;
import static dev.peephole.runtime.kernel.MatrixNotation.multiply;
import static dev.peephole.runtime.kernel.MatrixNotation.orthonormalize;
import static dev.peephole.runtime.kernel.MatrixNotation.transposed;
import static dev.peephole.runtime.kernel.Real.exp;
import static dev.peephole.runtime.kernel.Real.log;
import static dev.peephole.runtime.kernel.Real.max;
import static dev.peephole.runtime.kernel.Real.sqrt;
import static dev.peephole.runtime.kernel.Real.square;
import static dev.peephole.runtime.kernel.Real.tanh;
import static dev.peephole.runtime.kernel.Sequences.longest;
import static dev.peephole.runtime.kernel.Sequences.repeatLast;

import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;

/**
 * The mood of each sentence, and of all of it, whatever its length.
 *
 * <p>Compiled by {@code nnc} from {@code Moods.nn} in the textbook style. Above each step
 * stands its equation, with the line of the model that it comes from.
 * {@code recurrent.nn} is a file of the library, which {@code nnc std} prints.
 */
public final class Moods extends ArrayModel<float[]> {
  /** rnn.W: [2, 3], at first glorot_uniform */
  private final float[] W1 = new float[2 * 3];
  /** ∂loss / ∂W1 */
  private final float[] dW1 = new float[2 * 3];
  /** rnn.U: [3, 3], at first orthogonal */
  private final float[] U = new float[3 * 3];
  /** ∂loss / ∂U */
  private final float[] dU = new float[3 * 3];
  /** rnn.b: [3], at first 0 */
  private final float[] b1 = new float[3];
  /** ∂loss / ∂b1 */
  private final float[] db1 = new float[3];
  /** dense1.W: [3, 2], at first glorot_uniform */
  private final float[] W2 = new float[3 * 2];
  /** ∂loss / ∂W2 */
  private final float[] dW2 = new float[3 * 2];
  /** dense1.b: [2], at first 0 */
  private final float[] b2 = new float[2];
  /** ∂loss / ∂b2 */
  private final float[] db2 = new float[2];
  /** dense2.W: [3, 1], at first glorot_uniform */
  private final float[] W3 = new float[3 * 1];
  /** ∂loss / ∂W3 */
  private final float[] dW3 = new float[3 * 1];
  /** dense2.b: [1], at first 0 */
  private final float[] b3 = new float[1];
  /** ∂loss / ∂b3 */
  private final float[] db3 = new float[1];
  /** [N, T, 2] input */
  private float[] x;
  /** [N, T] target */
  private int[] mood;
  /** [N, 1] target */
  private float[] end;
  /** [N] the time steps of each example */
  private int[] lengths;
  /** [T, N, 2] x_t = x[n, t → t, n]    Moods.nn:7 */
  private float[] x_t;
  /** [T, N, 3] s = sNew if t < lengths else sPrev    recurrent.nn:16 */
  private float[] s;
  /** [T, N, 3] sNew = tanh(x_tW1 + sPrevU + b1)    recurrent.nn:16 */
  private float[] sNew;
  /** [T, N, 3] sPrev = s[t − 1], at first 0 */
  private float[] sPrev;
  /** [N, 3] x_tW1 = x_t · W1    recurrent.nn:16 */
  private float[] x_tW1;
  /** [N, 3] sPrevU = sPrev · U    recurrent.nn:16 */
  private float[] sPrevU;
  /** [N, T, 3] h = s[t, n → n, t]    Moods.nn:7 */
  private float[] h;
  /** [N, T, 2] hW2 = h · W2    Moods.nn:8 */
  private float[] hW2;
  /** [N, T, 2] z = hW2 + b2    Moods.nn:8 */
  private float[] z;
  /** [N, T] peak = maxₖ(z)    Moods.nn:9 */
  private float[] peak;
  /** [N, T, 2] e2 = exp(z − peak)    Moods.nn:9 */
  private float[] e2;
  /** [N, T] total = Σₖ e2    Moods.nn:9 */
  private float[] total;
  /** [N, 3] last = h[.., lengths − 1]    Moods.nn:10 */
  private float[] last;
  /** [N, 1] lastW3 = last · W3    Moods.nn:10 */
  private float[] lastW3;
  /** [N, 1] e = lastW3 + b3    Moods.nn:10 */
  private float[] e;
  /** [N, T, 2] p = e2 / total    Moods.nn:9 */
  private float[] p;
  /** [N] mean = (e − end)²    Moods.nn:12 */
  private float[] mean;

  /**
   * [N]
   * loss_n = Σₜ ((log(total) − (z[.., .., mood] − peak) + mean)
   *     if t < lengths else 0)    Moods.nn:12
   */
  private float[] loss_n;
  /** loss = (Σₙ loss_n / lengths) / N    Moods.nn:12 */
  private float loss;
  /** [N] ∂loss / ∂loss_n */
  private float[] dloss_n;
  /** [N, T] dlog_total = dloss_n if t < lengths else 0    Moods.nn:12 */
  private float[] dlog_total;
  /** [N] dmean = Σₜ dlog_total    Moods.nn:12 */
  private float[] dmean;
  /** [N, 1] ∂loss / ∂e */
  private float[] de;
  /** [N, T] ∂loss / ∂total */
  private float[] dtotal;
  /** [N, 3] ∂loss / ∂last */
  private float[] dlast;
  /** [N, T, 2] ∂loss / ∂z */
  private float[] dz;
  /** [N, T, 3] dzW2 = dz · W2ᵀ    Moods.nn:8 */
  private float[] dzW2;
  /** [N, T, 3] ∂loss / ∂h */
  private float[] dh;
  /** [T, N, 3] dsOut = dh[n, t → t, n]    Moods.nn:7 */
  private float[] dsOut;
  /** [T, N, 3] ∂loss / ∂sPrev */
  private float[] dsPrev;
  /** [T, N, 3] dz_sNew = (ds if t < lengths else 0) ⊙ (1 − sNew²)    recurrent.nn:16 */
  private float[] dz_sNew;
  /** [N, 3] dsNext = dsPrev[t + 1], at first 0 */
  private float[] dsNext;
  /** [N, 3] ∂loss / ∂s */
  private float[] ds;
  /** [N, 3] dz_sNewU = dz_sNew · Uᵀ    recurrent.nn:16 */
  private float[] dz_sNewU;
  /** The time steps of the longest example of the batch. */
  private int T;

  public Moods() {
    super("Moods", float[]::new);
  }

  /** What the outputs need, and training too. */
  private void forward(int N) {
    // x_t = x[n, t → t, n]                                          Moods.nn:7
    for (int t = 0; t < T; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 2; k++) {
          x_t[(t * N + n) * 2 + k] = x[(n * T + t) * 2 + k];
        }
      }
    }

    // rnn, one time step after another                              Moods.nn:7
    for (int t = 0; t < T; t++) {
      if (t == 0) {
        // sPrev = 0                                                     recurrent.nn:16
        Arrays.fill(sPrev, 0, N * 3, 0f);
      } else {
        // sPrev = s[t − 1]                                              recurrent.nn:16
        System.arraycopy(s, (t - 1) * N * 3, sPrev, t * N * 3, N * 3);
      }

      // x_tW1 = x_t · W1                                              recurrent.nn:16
      multiply(matrix(x_t, t, N, 2), matrix(W1, 2, 3), matrix(x_tW1, N, 3));

      // sPrevU = sPrev · U                                            recurrent.nn:16
      multiply(matrix(sPrev, t, N, 3), matrix(U, 3, 3), matrix(sPrevU, N, 3));

      // sNew = tanh(x_tW1 + sPrevU + b1)                              recurrent.nn:16
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 3; k++) {
          sNew[(t * N + n) * 3 + k] = tanh(x_tW1[n * 3 + k] + sPrevU[n * 3 + k] + b1[k]);
        }
      }

      // s = sNew if t < lengths else sPrev                            recurrent.nn:16
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 3; k++) {
          s[(t * N + n) * 3 + k] = t < lengths[n] ? sNew[(t * N + n) * 3 + k]
              : sPrev[(t * N + n) * 3 + k];
        }
      }
    }

    // h = s[t, n → n, t]                                            Moods.nn:7
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        for (int k = 0; k < 3; k++) {
          h[(n * T + t) * 3 + k] = s[(t * N + n) * 3 + k];
        }
      }
    }

    // hW2 = h · W2                                                  Moods.nn:8
    multiply(matrix(h, N * T, 3), matrix(W2, 3, 2), matrix(hW2, N * T, 2));

    // z = hW2 + b2                                                  Moods.nn:8
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        for (int k = 0; k < 2; k++) {
          z[(n * T + t) * 2 + k] = hW2[(n * T + t) * 2 + k] + b2[k];
        }
      }
    }

    // peak = maxₖ(z)                                                Moods.nn:9
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        float greatest = Float.NEGATIVE_INFINITY;
        for (int k = 0; k < 2; k++) {
          greatest = max(greatest, z[(n * T + t) * 2 + k]);
        }
        peak[n * T + t] = greatest;
      }
    }

    // e2 = exp(z − peak)                                            Moods.nn:9
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        for (int k = 0; k < 2; k++) {
          e2[(n * T + t) * 2 + k] = exp(z[(n * T + t) * 2 + k] - peak[n * T + t]);
        }
      }
    }

    // total = Σₖ e2                                                 Moods.nn:9
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        float sum = 0f;
        for (int k = 0; k < 2; k++) {
          sum += e2[(n * T + t) * 2 + k];
        }
        total[n * T + t] = sum;
      }
    }

    // last = h[.., lengths − 1]                                     Moods.nn:10
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 3; k++) {
        last[n * 3 + k] = h[(n * T + lengths[n] - 1) * 3 + k];
      }
    }

    // lastW3 = last · W3                                            Moods.nn:10
    multiply(matrix(last, N, 3), matrix(W3, 3, 1), matrix(lastW3, N, 1));

    // e = lastW3 + b3                                               Moods.nn:10
    for (int n = 0; n < N; n++) {
      e[n] = lastW3[n] + b3[0];
    }
  }

  /**
   * Makes all examples as long as the longest: a shorter one repeats its last step, which
   * nothing below takes for a part of it.
   */
  private void pad(int N) {
    T = longest(lengths, N);
    repeatLast(x, lengths, N, 1, T, 2);
    repeatLast(mood, lengths, N, 1, T, 1);
  }

  @Override
  public void predict(int N) {
    pad(N);
    forward(N);

    // p = e2 / total                                                Moods.nn:9
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        for (int k = 0; k < 2; k++) {
          p[(n * T + t) * 2 + k] = e2[(n * T + t) * 2 + k] / total[n * T + t];
        }
      }
    }
  }

  @Override
  public double loss(int N) {
    pad(N);
    forward(N);

    // mean = (e − end)²                                             Moods.nn:12
    for (int n = 0; n < N; n++) {
      float sum = 0f;
      sum += square(e[n] - end[n]);
      mean[n] = sum;
    }

    // loss_n = Σₜ ((log(total) − (z[.., .., mood] − peak) + mean)
    //     if t < lengths else 0)                                    Moods.nn:12
    for (int n = 0; n < N; n++) {
      float sum = 0f;
      for (int t = 0; t < T; t++) {
        sum += t < lengths[n] ? log(total[n * T + t])
            - (z[(n * T + t) * 2 + mood[n * T + t]] - peak[n * T + t]) + mean[n] : 0;
      }
      loss_n[n] = sum;
    }

    // loss = (Σₙ loss_n / lengths) / N                              Moods.nn:12
    loss = 0f;
    for (int n = 0; n < N; n++) {
      loss += loss_n[n] / lengths[n];
    }
    loss = loss / N;
    return loss;
  }

  @Override
  public void backward(int N) {
    // dloss_n = 1 / N / lengths                                     Moods.nn:12
    for (int n = 0; n < N; n++) {
      dloss_n[n] = 1f / N / lengths[n];
    }

    // dlog_total = dloss_n if t < lengths else 0                    Moods.nn:12
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        dlog_total[n * T + t] = t < lengths[n] ? dloss_n[n] : 0;
      }
    }

    // dmean = Σₜ dlog_total                                         Moods.nn:12
    for (int n = 0; n < N; n++) {
      float sum = 0f;
      for (int t = 0; t < T; t++) {
        sum += dlog_total[n * T + t];
      }
      dmean[n] = sum;
    }

    // de = 2 · dmean ⊙ (e − end)                                    Moods.nn:12
    for (int n = 0; n < N; n++) {
      de[n] = 2 * dmean[n] * (e[n] - end[n]);
    }

    // dtotal = dlog_total / total                                   Moods.nn:12
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        dtotal[n * T + t] = dlog_total[n * T + t] / total[n * T + t];
      }
    }

    // db3 = Σₙ de                                                   Moods.nn:10
    Arrays.fill(db3, 0f);
    for (int n = 0; n < N; n++) {
      db3[0] += de[n];
    }

    // dlast = de · W3ᵀ                                              Moods.nn:10
    multiply(matrix(de, N, 1), transposed(matrix(W3, 3, 1)), matrix(dlast, N, 3));

    // dW3 = lastᵀ · de                                              Moods.nn:10
    multiply(transposed(matrix(last, N, 3)), matrix(de, N, 1), matrix(dW3, 3, 1));

    // dz = dtotal ⊙ e2 − dlog_total ⊙ onehot(mood)                  Moods.nn:9
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        for (int k = 0; k < 2; k++) {
          dz[(n * T + t) * 2 + k] = dtotal[n * T + t] * e2[(n * T + t) * 2 + k]
              - dlog_total[n * T + t] * (k == mood[n * T + t] ? 1 : 0);
        }
      }
    }

    // db2 = Σₙₜ dz                                                  Moods.nn:8
    Arrays.fill(db2, 0f);
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        for (int k = 0; k < 2; k++) {
          db2[k] += dz[(n * T + t) * 2 + k];
        }
      }
    }

    // dzW2 = dz · W2ᵀ                                               Moods.nn:8
    multiply(matrix(dz, N * T, 2), transposed(matrix(W2, 3, 2)), matrix(dzW2, N * T, 3));

    // dh = (dlast if t = lengths − 1 else 0) + dzW2                 Moods.nn:8
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        for (int k = 0; k < 3; k++) {
          dh[(n * T + t) * 3 + k] = (t == lengths[n] - 1 ? dlast[n * 3 + k] : 0)
              + dzW2[(n * T + t) * 3 + k];
        }
      }
    }

    // dW2 = hᵀ · dz                                                 Moods.nn:8
    multiply(transposed(matrix(h, N * T, 3)), matrix(dz, N * T, 2), matrix(dW2, 3, 2));

    // dsOut = dh[n, t → t, n]                                       Moods.nn:7
    for (int t = 0; t < T; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 3; k++) {
          dsOut[(t * N + n) * 3 + k] = dh[(n * T + t) * 3 + k];
        }
      }
    }

    // rnn, backwards, one time step after another                   Moods.nn:7
    for (int t = T - 1; t >= 0; t--) {
      if (t == T - 1) {
        // dsNext = 0                                                    recurrent.nn:16
        Arrays.fill(dsNext, 0, N * 3, 0f);
      } else {
        // dsNext = dsPrev[t + 1]                                        recurrent.nn:16
        System.arraycopy(dsPrev, (t + 1) * N * 3, dsNext, 0, N * 3);
      }

      // ds = dsNext + dsOut                                           Moods.nn:7
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 3; k++) {
          ds[n * 3 + k] = dsNext[n * 3 + k] + dsOut[(t * N + n) * 3 + k];
        }
      }

      // dz_sNew = (ds if t < lengths else 0) ⊙ (1 − sNew²)            recurrent.nn:16
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 3; k++) {
          dz_sNew[(t * N + n) * 3 + k] = (t < lengths[n] ? ds[n * 3 + k] : 0)
              * (1 - square(sNew[(t * N + n) * 3 + k]));
        }
      }

      // dz_sNewU = dz_sNew · Uᵀ                                       recurrent.nn:16
      multiply(matrix(dz_sNew, t, N, 3), transposed(matrix(U, 3, 3)), matrix(dz_sNewU, N, 3));

      // sPrev stands in   sPrevU = sPrev · U
      //                   s = sNew if t < lengths else sPrev
      // dsPrev = (0 if t < lengths else ds) + dz_sNewU                recurrent.nn:16
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 3; k++) {
          dsPrev[(t * N + n) * 3 + k] = (t < lengths[n] ? 0 : ds[n * 3 + k]) + dz_sNewU[n * 3 + k];
        }
      }
    }

    // db1 = Σₜₙ dz_sNew                                             recurrent.nn:16
    Arrays.fill(db1, 0f);
    for (int t = 0; t < T; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 3; k++) {
          db1[k] += dz_sNew[(t * N + n) * 3 + k];
        }
      }
    }

    // dU = sPrevᵀ · dz_sNew                                         recurrent.nn:16
    multiply(transposed(matrix(sPrev, T * N, 3)), matrix(dz_sNew, T * N, 3), matrix(dU, 3, 3));

    // dW1 = x_tᵀ · dz_sNew                                          recurrent.nn:16
    multiply(transposed(matrix(x_t, T * N, 2)), matrix(dz_sNew, T * N, 3), matrix(dW1, 2, 3));
  }

  @Override
  public void update(Moment now) {
    throw new UnsupportedOperationException("Moods.nn has no training plan for Moods");
  }

  @Override
  public void initialize(long seed) {
    // W1 = U(0, 1)                                                  recurrent.nn:8
    new Philox(seed, 0).uniform(W1);
    // W1 ← −√(6 / (2 + 3)) + 2 · √(6 / (2 + 3)) · W1                recurrent.nn:8
    for (int j = 0; j < 2; j++) {
      for (int k = 0; k < 3; k++) {
        W1[j * 3 + k] = -sqrt(6f / (2 + 3)) + 2 * sqrt(6f / (2 + 3)) * W1[j * 3 + k];
      }
    }

    // U = N(0, 1)                                                   recurrent.nn:9
    new Philox(seed, 1).normal(U);
    // U ← orthonormal(U)                                            recurrent.nn:9
    orthonormalize(matrix(U, 3, 3));

    // b1 = 0                                                        recurrent.nn:10
    Arrays.fill(b1, 0f);

    // W2 = U(0, 1)                                                  Moods.nn:8
    new Philox(seed, 2).uniform(W2);
    // W2 ← −√(6 / (3 + 2)) + 2 · √(6 / (3 + 2)) · W2                Moods.nn:8
    for (int j = 0; j < 3; j++) {
      for (int k = 0; k < 2; k++) {
        W2[j * 2 + k] = -sqrt(6f / (3 + 2)) + 2 * sqrt(6f / (3 + 2)) * W2[j * 2 + k];
      }
    }

    // b2 = 0                                                        Moods.nn:8
    Arrays.fill(b2, 0f);

    // W3 = U(0, 1)                                                  Moods.nn:10
    new Philox(seed, 3).uniform(W3);
    // W3 ← −√(6 / (3 + 1)) + 2 · √(6 / (3 + 1)) · W3                Moods.nn:10
    for (int j = 0; j < 3; j++) {
      W3[j] = -sqrt(6f / (3 + 1)) + 2 * sqrt(6f / (3 + 1)) * W3[j];
    }

    // b3 = 0                                                        Moods.nn:10
    Arrays.fill(b3, 0f);
  }

  @Override
  protected void declare() {
    parameter("rnn.W", W1, dW1, 2, 3);
    parameter("rnn.U", U, dU, 3, 3);
    parameter("rnn.b", b1, db1, 3);
    parameter("dense1.W", W2, dW2, 3, 2);
    parameter("dense1.b", b2, db2, 2);
    parameter("dense2.W", W3, dW3, 3, 1);
    parameter("dense2.b", b3, db3, 1);
  }

  @Override
  protected void buffers() {
    x = input("x", BATCH, OPEN, 2);
    mood = targetLabels("mood", 2, BATCH, OPEN);
    end = target("end", BATCH, 1);
    lengths = lengths(BATCH);
    x_t = value("x_t", "x[n, t → t, n]", "Moods.nn:7", OPEN, BATCH, 2);
    s = value("s", "sNew if t < lengths else sPrev", "recurrent.nn:16", OPEN, BATCH, 3);
    sNew = value("sNew", "tanh(x_tW1 + sPrevU + b1)", "recurrent.nn:16", OPEN, BATCH, 3);
    sPrev = value("sPrev", "s[t − 1]", "recurrent.nn:16", OPEN, BATCH, 3);
    x_tW1 = reals(BATCH, 3);
    sPrevU = reals(BATCH, 3);
    h = value("h", "s[t, n → n, t]", "Moods.nn:7", BATCH, OPEN, 3);
    hW2 = value("hW2", "h · W2", "Moods.nn:8", BATCH, OPEN, 2);
    z = value("z", "hW2 + b2", "Moods.nn:8", BATCH, OPEN, 2);
    peak = value("peak", "maxₖ(z)", "Moods.nn:9", BATCH, OPEN);
    e2 = value("e2", "exp(z − peak)", "Moods.nn:9", BATCH, OPEN, 2);
    total = value("total", "Σₖ e2", "Moods.nn:9", BATCH, OPEN);
    last = value("last", "h[.., lengths − 1]", "Moods.nn:10", BATCH, 3);
    lastW3 = value("lastW3", "last · W3", "Moods.nn:10", BATCH, 1);
    e = value("e", "lastW3 + b3", "Moods.nn:10", BATCH, 1);
    p = reals(BATCH, OPEN, 2);
    mean = value("mean", "(e − end)²", "Moods.nn:12", BATCH);
    loss_n = value("loss_n",
        "Σₜ ((log(total) − (z[.., .., mood] − peak) + mean) if t < lengths else 0)", "Moods.nn:12",
        BATCH);
    value("loss", () -> loss, "(Σₙ loss_n / lengths) / N", "Moods.nn:12");
    dloss_n = gradient("loss_n", BATCH);
    dlog_total = reals(BATCH, OPEN);
    dmean = reals(BATCH);
    de = gradient("e", BATCH, 1);
    dtotal = gradient("total", BATCH, OPEN);
    dlast = gradient("last", BATCH, 3);
    dz = gradient("z", BATCH, OPEN, 2);
    dzW2 = reals(BATCH, OPEN, 3);
    dh = gradient("h", BATCH, OPEN, 3);
    dsOut = reals(OPEN, BATCH, 3);
    dsPrev = gradient("sPrev", OPEN, BATCH, 3);
    dz_sNew = reals(OPEN, BATCH, 3);
    dsNext = reals(BATCH, 3);
    ds = reals(BATCH, 3);
    dz_sNewU = reals(BATCH, 3);
    output("p", p, BATCH, OPEN, 2);
    output("e", e, BATCH, 1);
    state("s", "sPrev");
    flat("sNew", -1, 1);
  }
}
