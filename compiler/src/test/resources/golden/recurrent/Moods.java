import static dev.peephole.runtime.kernel.Matrix.multiply;
import static dev.peephole.runtime.kernel.Matrix.multiplyLeftTransposed;
import static dev.peephole.runtime.kernel.Matrix.multiplyRightTransposed;
import static dev.peephole.runtime.kernel.Matrix.orthonormal;
import static dev.peephole.runtime.kernel.Real.exp;
import static dev.peephole.runtime.kernel.Real.log;
import static dev.peephole.runtime.kernel.Real.max;
import static dev.peephole.runtime.kernel.Real.square;
import static dev.peephole.runtime.kernel.Real.tanh;
import static dev.peephole.runtime.kernel.Sequences.longest;
import static dev.peephole.runtime.kernel.Sequences.repeatLast;

import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;
import java.util.List;

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
  /** [n, T, 2] input */
  private float[] x;
  /** [n, T] target */
  private int[] mood;
  /** [n, 1] target */
  private float[] end;
  /** [n] the time steps of each example */
  private int[] lengths;
  /** [T, n, 2] x_t = x[n, t → t, n]    Moods.nn:7 */
  private float[] x_t;
  /** [T, n, 3] s = sNew if t < lengths else sPrev    recurrent.nn:16 */
  private float[] s;
  /** [T, n, 3] sNew = tanh(x_tW1 + sPrevU + b1)    recurrent.nn:16 */
  private float[] sNew;
  /** [T, n, 3] s of step t − 1 */
  private float[] sPrev;
  /** [n, 3] x_tW1 = x_t · W1    recurrent.nn:16 */
  private float[] x_tW1;
  /** [n, 3] sPrevU = sPrev · U    recurrent.nn:16 */
  private float[] sPrevU;
  /** [n, T, 3] h = s[t, n → n, t]    Moods.nn:7 */
  private float[] h;
  /** [n, T, 2] hW2 = h · W2    Moods.nn:8 */
  private float[] hW2;
  /** [n, T, 2] z = hW2 + b2    Moods.nn:8 */
  private float[] z;
  /** [n, T] peak = maxₖ(z)    Moods.nn:9 */
  private float[] peak;
  /** [n, T, 2] e2 = exp(z − peak)    Moods.nn:9 */
  private float[] e2;
  /** [n, T] total = Σₖ e2    Moods.nn:9 */
  private float[] total;
  /** [n, 3] last = h[.., lengths − 1]    Moods.nn:10 */
  private float[] last;
  /** [n, 1] lastW3 = last · W3    Moods.nn:10 */
  private float[] lastW3;
  /** [n, 1] e = lastW3 + b3    Moods.nn:10 */
  private float[] e;
  /** [n, T, 2] p = e2 / total    Moods.nn:9 */
  private float[] p;
  /** [n] mean = Σₖ (e − end)²    Moods.nn:12 */
  private float[] mean;

  /**
   * [n]
   * total2 = Σₜ ((log(total) − (z[.., .., mood] − peak) + mean) if t < lengths else 0)    Moods.nn:12
   */
  private float[] total2;
  /** loss = (Σₙ total2 / lengths) / N    Moods.nn:12 */
  private float loss;
  /** [n, T] dlog_total = 1 / N / lengths if t < lengths else 0    Moods.nn:12 */
  private float[] dlog_total;
  /** [n] dmean = Σₜ dlog_total    Moods.nn:12 */
  private float[] dmean;
  /** [n, 1] de = 2 · dmean ⊙ (e − end)    Moods.nn:12 */
  private float[] de;
  /** [n, T] dtotal = dlog_total / total    Moods.nn:12 */
  private float[] dtotal;
  /** [n, 3] dlast = de · W3ᵀ    Moods.nn:10 */
  private float[] dlast;
  /** [n, T, 2] dz = dtotal ⊙ e2 − dlog_total ⊙ onehot(mood)    Moods.nn:9 */
  private float[] dz;
  /** [n, T, 3] dzW2 = dz · W2ᵀ    Moods.nn:8 */
  private float[] dzW2;
  /** [n, T, 3] dh = (dlast if t = lengths − 1 else 0) + dzW2    Moods.nn:8 */
  private float[] dh;
  /** [T, n, 3] dsOut = dh[n, t → t, n]    Moods.nn:7 */
  private float[] dsOut;
  /** [T, n, 3] dsPrev = (0 if t < lengths else ds) + dz_sNewU    recurrent.nn:16 */
  private float[] dsPrev;
  /** [T, n, 3] dz_sNew = (ds if t < lengths else 0) ⊙ (1 − sNew²)    recurrent.nn:16 */
  private float[] dz_sNew;
  /** [n, 3] dsPrev of step t + 1 */
  private float[] dsNext;
  /** [n, 3] ds = dsNext + dsOut    Moods.nn:7 */
  private float[] ds;
  /** [n, 3] dz_sNewU = dz_sNew · Uᵀ    recurrent.nn:16 */
  private float[] dz_sNewU;
  /** The time steps of the longest example of the batch. */
  private int T;

  /** What the outputs need, and training too. */
  private void forward(int n) {
    // x_t = x[n, t → t, n]                                          Moods.nn:7
    for (int i = 0; i < T; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < 2; k++) {
          x_t[(i * n + j) * 2 + k] = x[(j * T + i) * 2 + k];
        }
      }
    }

    // rnn, one time step after another                              Moods.nn:7
    for (int t = 0; t < T; t++) {
      if (t == 0) {
        Arrays.fill(sPrev, 0, n * 3, 0f);
      } else {
        System.arraycopy(s, (t - 1) * n * 3, sPrev, t * n * 3, n * 3);
      }

      // x_tW1 = x_t · W1                                              recurrent.nn:16
      multiply(x_t, t * n * 2, W1, 0, x_tW1, 0, n, 2, 3);

      // sPrevU = sPrev · U                                            recurrent.nn:16
      multiply(sPrev, t * n * 3, U, 0, sPrevU, 0, n, 3, 3);

      // sNew = tanh(x_tW1 + sPrevU + b1)                              recurrent.nn:16
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < 3; j++) {
          sNew[(t * n + i) * 3 + j] = tanh(x_tW1[i * 3 + j] + sPrevU[i * 3 + j] + b1[j]);
        }
      }

      // s = sNew if t < lengths else sPrev                            recurrent.nn:16
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < 3; j++) {
          s[(t * n + i) * 3 + j] = t < lengths[i] ? sNew[(t * n + i) * 3 + j]
              : sPrev[(t * n + i) * 3 + j];
        }
      }
    }

    // h = s[t, n → n, t]                                            Moods.nn:7
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < T; j++) {
        for (int k = 0; k < 3; k++) {
          h[(i * T + j) * 3 + k] = s[(j * n + i) * 3 + k];
        }
      }
    }

    // hW2 = h · W2                                                  Moods.nn:8
    multiply(h, W2, hW2, n * T, 3, 2);

    // z = hW2 + b2                                                  Moods.nn:8
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < T; j++) {
        for (int k = 0; k < 2; k++) {
          z[(i * T + j) * 2 + k] = hW2[(i * T + j) * 2 + k] + b2[k];
        }
      }
    }

    // peak = maxₖ(z)                                                Moods.nn:9
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < T; j++) {
        float greatest = Float.NEGATIVE_INFINITY;
        for (int k = 0; k < 2; k++) {
          greatest = max(greatest, z[(i * T + j) * 2 + k]);
        }
        peak[i * T + j] = greatest;
      }
    }

    // e2 = exp(z − peak)                                            Moods.nn:9
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < T; j++) {
        for (int k = 0; k < 2; k++) {
          e2[(i * T + j) * 2 + k] = exp(z[(i * T + j) * 2 + k] - peak[i * T + j]);
        }
      }
    }

    // total = Σₖ e2                                                 Moods.nn:9
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < T; j++) {
        float sum = 0f;
        for (int k = 0; k < 2; k++) {
          sum += e2[(i * T + j) * 2 + k];
        }
        total[i * T + j] = sum;
      }
    }

    // last = h[.., lengths − 1]                                     Moods.nn:10
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 3; j++) {
        last[i * 3 + j] = h[(i * T + lengths[i] - 1) * 3 + j];
      }
    }

    // lastW3 = last · W3                                            Moods.nn:10
    multiply(last, W3, lastW3, n, 3, 1);

    // e = lastW3 + b3                                               Moods.nn:10
    for (int i = 0; i < n; i++) {
      e[i] = lastW3[i] + b3[0];
    }
  }

  /**
   * Makes all examples as long as the longest: a shorter one repeats its last step, which
   * nothing below takes for a part of it.
   */
  private void pad(int n) {
    T = longest(lengths, n);
    repeatLast(x, lengths, n, 1, T, 2);
    repeatLast(mood, lengths, n, 1, T, 1);
  }

  @Override
  public void predict(int n) {
    pad(n);
    forward(n);

    // p = e2 / total                                                Moods.nn:9
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < T; j++) {
        for (int k = 0; k < 2; k++) {
          p[(i * T + j) * 2 + k] = e2[(i * T + j) * 2 + k] / total[i * T + j];
        }
      }
    }
  }

  @Override
  public double loss(int n) {
    pad(n);
    forward(n);

    // mean = Σₖ (e − end)²                                          Moods.nn:12
    for (int i = 0; i < n; i++) {
      float sum = 0f;
      sum += square(e[i] - end[i]);
      mean[i] = sum;
    }

    // total2 = Σₜ ((log(total) − (z[.., .., mood] − peak) + mean) if t < lengths else 0)    Moods.nn:12
    for (int i = 0; i < n; i++) {
      float sum = 0f;
      for (int j = 0; j < T; j++) {
        sum += j < lengths[i] ? log(total[i * T + j])
            - (z[(i * T + j) * 2 + mood[i * T + j]] - peak[i * T + j]) + mean[i] : 0;
      }
      total2[i] = sum;
    }

    // loss = (Σₙ total2 / lengths) / N                              Moods.nn:12
    loss = 0f;
    for (int i = 0; i < n; i++) {
      loss += total2[i] / lengths[i];
    }
    loss = loss / n;
    return loss;
  }

  @Override
  public void backward(int n) {
    // dlog_total = 1 / N / lengths if t < lengths else 0            Moods.nn:12
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < T; j++) {
        dlog_total[i * T + j] = j < lengths[i] ? 1f / n / lengths[i] : 0;
      }
    }

    // dmean = Σₜ dlog_total                                         Moods.nn:12
    for (int i = 0; i < n; i++) {
      float sum = 0f;
      for (int j = 0; j < T; j++) {
        sum += dlog_total[i * T + j];
      }
      dmean[i] = sum;
    }

    // de = 2 · dmean ⊙ (e − end)                                    Moods.nn:12
    for (int i = 0; i < n; i++) {
      de[i] = 2 * dmean[i] * (e[i] - end[i]);
    }

    // dtotal = dlog_total / total                                   Moods.nn:12
    for (int k = 0; k < n * T; k++) {
      dtotal[k] = dlog_total[k] / total[k];
    }

    // db3 = Σₙ de                                                   Moods.nn:10
    Arrays.fill(db3, 0f);
    for (int i = 0; i < n; i++) {
      db3[0] += de[i];
    }

    // dlast = de · W3ᵀ                                              Moods.nn:10
    multiplyRightTransposed(de, W3, dlast, n, 1, 3);

    // dW3 = lastᵀ · de                                              Moods.nn:10
    multiplyLeftTransposed(last, de, dW3, 3, n, 1);

    // dz = dtotal ⊙ e2 − dlog_total ⊙ onehot(mood)                  Moods.nn:9
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < T; j++) {
        for (int k = 0; k < 2; k++) {
          dz[(i * T + j) * 2 + k] = dtotal[i * T + j] * e2[(i * T + j) * 2 + k]
              - dlog_total[i * T + j] * (k == mood[i * T + j] ? 1 : 0);
        }
      }
    }

    // db2 = Σₙₜ dz                                                  Moods.nn:8
    Arrays.fill(db2, 0f);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < T; j++) {
        for (int k = 0; k < 2; k++) {
          db2[k] += dz[(i * T + j) * 2 + k];
        }
      }
    }

    // dzW2 = dz · W2ᵀ                                               Moods.nn:8
    multiplyRightTransposed(dz, W2, dzW2, n * T, 2, 3);

    // dh = (dlast if t = lengths − 1 else 0) + dzW2                 Moods.nn:8
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < T; j++) {
        for (int k = 0; k < 3; k++) {
          dh[(i * T + j) * 3 + k] = (j == lengths[i] - 1 ? dlast[i * 3 + k] : 0)
              + dzW2[(i * T + j) * 3 + k];
        }
      }
    }

    // dW2 = hᵀ · dz                                                 Moods.nn:8
    multiplyLeftTransposed(h, dz, dW2, 3, n * T, 2);

    // dsOut = dh[n, t → t, n]                                       Moods.nn:7
    for (int i = 0; i < T; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < 3; k++) {
          dsOut[(i * n + j) * 3 + k] = dh[(j * T + i) * 3 + k];
        }
      }
    }

    // rnn, backwards, one time step after another                   Moods.nn:7
    for (int t = T - 1; t >= 0; t--) {
      if (t == T - 1) {
        Arrays.fill(dsNext, 0, n * 3, 0f);
      } else {
        System.arraycopy(dsPrev, (t + 1) * n * 3, dsNext, 0, n * 3);
      }

      // ds = dsNext + dsOut                                           Moods.nn:7
      for (int k = 0; k < n * 3; k++) {
        ds[k] = dsNext[k] + dsOut[t * n * 3 + k];
      }

      // dz_sNew = (ds if t < lengths else 0) ⊙ (1 − sNew²)            recurrent.nn:16
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < 3; j++) {
          dz_sNew[(t * n + i) * 3 + j] = (t < lengths[i] ? ds[i * 3 + j] : 0)
              * (1 - square(sNew[(t * n + i) * 3 + j]));
        }
      }

      // dz_sNewU = dz_sNew · Uᵀ                                       recurrent.nn:16
      multiplyRightTransposed(dz_sNew, t * n * 3, U, 0, dz_sNewU, 0, n, 3, 3);

      // sPrev stands in   sPrevU = sPrev · U
      //                   s = sNew if t < lengths else sPrev
      // dsPrev = (0 if t < lengths else ds) + dz_sNewU                recurrent.nn:16
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < 3; j++) {
          dsPrev[(t * n + i) * 3 + j] = (t < lengths[i] ? 0 : ds[i * 3 + j]) + dz_sNewU[i * 3 + j];
        }
      }
    }

    // db1 = Σₜₙ dz_sNew                                             recurrent.nn:16
    Arrays.fill(db1, 0f);
    for (int i = 0; i < T; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < 3; k++) {
          db1[k] += dz_sNew[(i * n + j) * 3 + k];
        }
      }
    }

    // dU = sPrevᵀ · dz_sNew                                         recurrent.nn:16
    multiplyLeftTransposed(sPrev, dz_sNew, dU, 3, n * T, 3);

    // dW1 = x_tᵀ · dz_sNew                                          recurrent.nn:16
    multiplyLeftTransposed(x_t, dz_sNew, dW1, 2, n * T, 3);
  }

  @Override
  public void update(long step) {
    throw new UnsupportedOperationException("Moods.nn has no training plan for Moods");
  }

  @Override
  public void initialize(long seed) {
    // W1 = U(0, 1)                                                  recurrent.nn:8
    new Philox(seed, 0).uniform(W1);
    // W1 ← −1.09545 + 2.19089 · W1                                  recurrent.nn:8
    for (int k = 0; k < 6; k++) {
      W1[k] = -1.0954452f + 2.1908903f * W1[k];
    }

    float[] U_ = new float[3 * 3];
    // U = N(0, 1)                                                   recurrent.nn:9
    new Philox(seed, 1).normal(U_);
    // U ← orthonormal(U)                                            recurrent.nn:9
    orthonormal(U_, U, 3, 3);

    // b1 = 0                                                        recurrent.nn:10
    Arrays.fill(b1, 0f);

    // W2 = U(0, 1)                                                  Moods.nn:8
    new Philox(seed, 2).uniform(W2);
    // W2 ← −1.09545 + 2.19089 · W2                                  Moods.nn:8
    for (int k = 0; k < 6; k++) {
      W2[k] = -1.0954452f + 2.1908903f * W2[k];
    }

    // b2 = 0                                                        Moods.nn:8
    Arrays.fill(b2, 0f);

    // W3 = U(0, 1)                                                  Moods.nn:10
    new Philox(seed, 3).uniform(W3);
    // W3 ← −1.22474 + 2.44949 · W3                                  Moods.nn:10
    for (int i = 0; i < 3; i++) {
      W3[i] = -1.2247449f + 2.4494898f * W3[i];
    }

    // b3 = 0                                                        Moods.nn:10
    Arrays.fill(b3, 0f);
  }

  @Override
  public void reserve(int examples) {
    reserve(examples, 1);
  }

  @Override
  public void reserve(int examples, int steps) {
    x = new float[examples * steps * 2];
    mood = new int[examples * steps];
    end = new float[examples];
    lengths = new int[examples];
    x_t = new float[examples * steps * 2];
    s = new float[examples * steps * 3];
    sNew = new float[examples * steps * 3];
    sPrev = new float[examples * steps * 3];
    x_tW1 = new float[examples * 3];
    sPrevU = new float[examples * 3];
    h = new float[examples * steps * 3];
    hW2 = new float[examples * steps * 2];
    z = new float[examples * steps * 2];
    peak = new float[examples * steps];
    e2 = new float[examples * steps * 2];
    total = new float[examples * steps];
    last = new float[examples * 3];
    lastW3 = new float[examples];
    e = new float[examples];
    p = new float[examples * steps * 2];
    mean = new float[examples];
    total2 = new float[examples];
    dlog_total = new float[examples * steps];
    dmean = new float[examples];
    de = new float[examples];
    dtotal = new float[examples * steps];
    dlast = new float[examples * 3];
    dz = new float[examples * steps * 2];
    dzW2 = new float[examples * steps * 3];
    dh = new float[examples * steps * 3];
    dsOut = new float[examples * steps * 3];
    dsPrev = new float[examples * steps * 3];
    dz_sNew = new float[examples * steps * 3];
    dsNext = new float[examples * 3];
    ds = new float[examples * 3];
    dz_sNewU = new float[examples * 3];
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
  public String name() {
    return "Moods";
  }

  @Override
  public int[] lengths() {
    return lengths;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(Tensor.of("x", x, Tensor.OPEN, 2));
  }

  @Override
  public List<Tensor> targets() {
    return List.of(
        Tensor.labels("mood", 2, mood, Tensor.OPEN),
        Tensor.of("end", end, 1));
  }

  @Override
  public List<Tensor> outputs() {
    return List.of(
        Tensor.of("p", p, Tensor.OPEN, 2),
        Tensor.of("e", e, 1));
  }

  @Override
  public List<Model.Value> values() {
    return List.of(
        new Model.Value(Tensor.of("x_t", x_t, Tensor.OPEN, 2), "x_t = x[n, t → t, n]", "Moods.nn:7"),
        new Model.Value(Tensor.of("s", s, Tensor.OPEN, 3), "s = sNew if t < lengths else sPrev", "Moods.nn:7"),
        new Model.Value(Tensor.of("sNew", sNew, Tensor.OPEN, 3), "sNew = tanh(x_tW1 + sPrevU + b1)", "Moods.nn:7"),
        new Model.Value(Tensor.of("sPrev", sPrev, Tensor.OPEN, 3), "sPrev", "Moods.nn:7"),
        new Model.Value(Tensor.of("h", h, Tensor.OPEN, 3), "h = s[t, n → n, t]", "Moods.nn:7"),
        new Model.Value(Tensor.of("hW2", hW2, Tensor.OPEN, 2), "hW2 = h · W2", "Moods.nn:8"),
        new Model.Value(Tensor.of("z", z, Tensor.OPEN, 2), "z = hW2 + b2", "Moods.nn:8"),
        new Model.Value(Tensor.of("peak", peak, Tensor.OPEN), "peak = maxₖ(z)", "Moods.nn:9"),
        new Model.Value(Tensor.of("e2", e2, Tensor.OPEN, 2), "e2 = exp(z − peak)", "Moods.nn:9"),
        new Model.Value(Tensor.of("total", total, Tensor.OPEN), "total = Σₖ e2", "Moods.nn:9"),
        new Model.Value(Tensor.of("last", last, 3), "last = h[.., lengths − 1]", "Moods.nn:10"),
        new Model.Value(Tensor.of("lastW3", lastW3, 1), "lastW3 = last · W3", "Moods.nn:10"),
        new Model.Value(Tensor.of("e", e, 1), "e = lastW3 + b3", "Moods.nn:10"),
        new Model.Value(Tensor.of("mean", mean), "mean = Σₖ (e − end)²", "Moods.nn:12"),
        new Model.Value(Tensor.of("total2", total2), "total2 = Σₜ ((log(total) − (z[.., .., mood] − peak) + mean) if t < lengths else 0)", "Moods.nn:12"),
        new Model.Value(Tensor.of("loss", new float[] {loss}), "loss = (Σₙ total2 / lengths) / N", "Moods.nn:12"));
  }
}
