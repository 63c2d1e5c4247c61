import static dev.peephole.runtime.kernel.MatrixNotation.matrix;
import static dev.peephole.runtime.kernel.MatrixNotation.multiply;
import static dev.peephole.runtime.kernel.MatrixNotation.orthonormalize;
import static dev.peephole.runtime.kernel.MatrixNotation.transposed;
import static dev.peephole.runtime.kernel.Real.sigmoid;
import static dev.peephole.runtime.kernel.Real.sqrt;
import static dev.peephole.runtime.kernel.Real.square;
import static dev.peephole.runtime.kernel.Real.tanh;

import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;

/**
 * What the output of an LSTM with peepholes should be, step by step.
 *
 * <p>Compiled by {@code nnc} from {@code Spikes.nn} in the textbook style. Above each step
 * stands its equation, with the line of the model that it comes from.
 * {@code recurrent.nn} is a file of the library, which {@code nnc std} prints.
 */
public final class Spikes extends ArrayModel<float[]> {
  /** lstm.W_g: [4, 5], at first glorot_uniform */
  private final float[] W_g = new float[4 * 5];
  /** ∂loss / ∂W_g */
  private final float[] dW_g = new float[4 * 5];
  /** lstm.W_i: [4, 5], at first glorot_uniform */
  private final float[] W_i = new float[4 * 5];
  /** ∂loss / ∂W_i */
  private final float[] dW_i = new float[4 * 5];
  /** lstm.W_o: [4, 5], at first glorot_uniform */
  private final float[] W_o = new float[4 * 5];
  /** ∂loss / ∂W_o */
  private final float[] dW_o = new float[4 * 5];
  /** lstm.W_f: [4, 5], at first glorot_uniform */
  private final float[] W_f = new float[4 * 5];
  /** ∂loss / ∂W_f */
  private final float[] dW_f = new float[4 * 5];
  /** lstm.U_g: [5, 5], at first orthogonal */
  private final float[] U_g = new float[5 * 5];
  /** ∂loss / ∂U_g */
  private final float[] dU_g = new float[5 * 5];
  /** lstm.U_i: [5, 5], at first orthogonal */
  private final float[] U_i = new float[5 * 5];
  /** ∂loss / ∂U_i */
  private final float[] dU_i = new float[5 * 5];
  /** lstm.U_o: [5, 5], at first orthogonal */
  private final float[] U_o = new float[5 * 5];
  /** ∂loss / ∂U_o */
  private final float[] dU_o = new float[5 * 5];
  /** lstm.U_f: [5, 5], at first orthogonal */
  private final float[] U_f = new float[5 * 5];
  /** ∂loss / ∂U_f */
  private final float[] dU_f = new float[5 * 5];
  /** lstm.b_g: [5], at first 0 */
  private final float[] b_g = new float[5];
  /** ∂loss / ∂b_g */
  private final float[] db_g = new float[5];
  /** lstm.b_i: [5], at first 0 */
  private final float[] b_i = new float[5];
  /** ∂loss / ∂b_i */
  private final float[] db_i = new float[5];
  /** lstm.b_o: [5], at first 0 */
  private final float[] b_o = new float[5];
  /** ∂loss / ∂b_o */
  private final float[] db_o = new float[5];
  /** lstm.b_f: [5], at first 1 */
  private final float[] b_f = new float[5];
  /** ∂loss / ∂b_f */
  private final float[] db_f = new float[5];
  /** lstm.p_i: [5], at first 0 */
  private final float[] p_i = new float[5];
  /** ∂loss / ∂p_i */
  private final float[] dp_i = new float[5];
  /** lstm.p_o: [5], at first 0 */
  private final float[] p_o = new float[5];
  /** ∂loss / ∂p_o */
  private final float[] dp_o = new float[5];
  /** lstm.p_f: [5], at first 0 */
  private final float[] p_f = new float[5];
  /** ∂loss / ∂p_f */
  private final float[] dp_f = new float[5];
  /** [N, 20, 4] input */
  private float[] x;
  /** [N, 20, 5] target */
  private float[] y;
  /** [20, N, 4] x_t = x[n, t → t, n]    Spikes.nn:5 */
  private float[] x_t;
  /** [20, N, 5] s = tanh_c ⊙ o    recurrent.nn:52 */
  private float[] s;
  /** [20, N, 5] c = i ⊙ g + f ⊙ cPrev    recurrent.nn:50 */
  private float[] c;
  /** [20, N, 5] o = σ(x_tW_o + sPrevU_o + b_o + c ⊙ p_o)    recurrent.nn:51 */
  private float[] o;
  /** [20, N, 5] tanh_c = tanh(c)    recurrent.nn:52 */
  private float[] tanh_c;
  /** [20, N, 5] cPrev = c[t − 1], at first 0 */
  private float[] cPrev;
  /** [20, N, 5] f = σ(x_tW_f + sPrevU_f + b_f + cPrev ⊙ p_f)    recurrent.nn:48 */
  private float[] f;
  /** [20, N, 5] g = tanh(x_tW_g + sPrevU_g + b_g)    recurrent.nn:45 */
  private float[] g;
  /** [20, N, 5] i = σ(x_tW_i + sPrevU_i + b_i + cPrev ⊙ p_i)    recurrent.nn:46 */
  private float[] i;
  /** [20, N, 5] sPrev = s[t − 1], at first 0 */
  private float[] sPrev;
  /** [N, 5] x_tW_g = x_t · W_g    recurrent.nn:45 */
  private float[] x_tW_g;
  /** [N, 5] sPrevU_g = sPrev · U_g    recurrent.nn:45 */
  private float[] sPrevU_g;
  /** [N, 5] x_tW_i = x_t · W_i    recurrent.nn:46 */
  private float[] x_tW_i;
  /** [N, 5] sPrevU_i = sPrev · U_i    recurrent.nn:46 */
  private float[] sPrevU_i;
  /** [N, 5] x_tW_f = x_t · W_f    recurrent.nn:48 */
  private float[] x_tW_f;
  /** [N, 5] sPrevU_f = sPrev · U_f    recurrent.nn:48 */
  private float[] sPrevU_f;
  /** [N, 5] x_tW_o = x_t · W_o    recurrent.nn:51 */
  private float[] x_tW_o;
  /** [N, 5] sPrevU_o = sPrev · U_o    recurrent.nn:51 */
  private float[] sPrevU_o;
  /** [N, 20, 5] h = s[t, n → n, t]    Spikes.nn:5 */
  private float[] h;
  /** loss = (Σₙₜₖ (h − y)²) / (20 · 5 · N)    Spikes.nn:6 */
  private float loss;
  /** [N, 20, 5] ∂loss / ∂h */
  private float[] dh;
  /** [20, N, 5] dsOut = dh[n, t → t, n]    Spikes.nn:5 */
  private float[] dsOut;
  /** [20, N, 5] ∂loss / ∂sPrev */
  private float[] dsPrev;
  /** [20, N, 5] ∂loss / ∂cPrev */
  private float[] dcPrev;
  /** [20, N, 5] dp_o_t = dz_o ⊙ c    recurrent.nn:51 */
  private float[] dp_o_t;
  /** [20, N, 5] dz_o = do ⊙ o ⊙ (1 − o)    recurrent.nn:51 */
  private float[] dz_o;
  /** [20, N, 5] dp_f_t = dz_f ⊙ cPrev    recurrent.nn:48 */
  private float[] dp_f_t;
  /** [20, N, 5] dz_f = df ⊙ f ⊙ (1 − f)    recurrent.nn:48 */
  private float[] dz_f;
  /** [20, N, 5] dp_i_t = dz_i ⊙ cPrev    recurrent.nn:46 */
  private float[] dp_i_t;
  /** [20, N, 5] dz_i = di ⊙ i ⊙ (1 − i)    recurrent.nn:46 */
  private float[] dz_i;
  /** [20, N, 5] dz_g = dg ⊙ (1 − g²)    recurrent.nn:45 */
  private float[] dz_g;
  /** [N, 5] dsNext = dsPrev[t + 1], at first 0 */
  private float[] dsNext;
  /** [N, 5] dcNext = dcPrev[t + 1], at first 0 */
  private float[] dcNext;
  /** [N, 5] ∂loss / ∂s */
  private float[] ds;
  /** [N, 5] ∂loss / ∂o */
  private float[] do_;
  /** [N, 5] ∂loss / ∂c */
  private float[] dc;
  /** [N, 5] dz_oU_o = dz_o · U_oᵀ    recurrent.nn:51 */
  private float[] dz_oU_o;
  /** [N, 5] ∂loss / ∂f */
  private float[] df;
  /** [N, 5] ∂loss / ∂i */
  private float[] di;
  /** [N, 5] ∂loss / ∂g */
  private float[] dg;
  /** [N, 5] dz_fU_f = dz_f · U_fᵀ    recurrent.nn:48 */
  private float[] dz_fU_f;
  /** [N, 5] dz_iU_i = dz_i · U_iᵀ    recurrent.nn:46 */
  private float[] dz_iU_i;
  /** [N, 5] dz_gU_g = dz_g · U_gᵀ    recurrent.nn:45 */
  private float[] dz_gU_g;

  public Spikes() {
    super("Spikes", float[]::new);
  }

  /** What the outputs need, and training too. */
  private void forward(int N) {
    // x_t = x[n, t → t, n]                                          Spikes.nn:5
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 4; k++) {
          x_t[(t * N + n) * 4 + k] = x[(n * 20 + t) * 4 + k];
        }
      }
    }

    // lstm, one time step after another                             Spikes.nn:5
    for (int t = 0; t < 20; t++) {
      if (t == 0) {
        // sPrev = 0                                                     recurrent.nn:52
        Arrays.fill(sPrev, 0, N * 5, 0f);
        // cPrev = 0                                                     recurrent.nn:50
        Arrays.fill(cPrev, 0, N * 5, 0f);
      } else {
        // sPrev = s[t − 1]                                              recurrent.nn:52
        System.arraycopy(s, (t - 1) * N * 5, sPrev, t * N * 5, N * 5);
        // cPrev = c[t − 1]                                              recurrent.nn:50
        System.arraycopy(c, (t - 1) * N * 5, cPrev, t * N * 5, N * 5);
      }

      // x_tW_g = x_t · W_g                                            recurrent.nn:45
      multiply(matrix(x_t, t, N, 4), matrix(W_g, 4, 5), matrix(x_tW_g, N, 5));

      // sPrevU_g = sPrev · U_g                                        recurrent.nn:45
      multiply(matrix(sPrev, t, N, 5), matrix(U_g, 5, 5), matrix(sPrevU_g, N, 5));

      // g = tanh(x_tW_g + sPrevU_g + b_g)                             recurrent.nn:45
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          g[(t * N + n) * 5 + k] = tanh(x_tW_g[n * 5 + k] + sPrevU_g[n * 5 + k] + b_g[k]);
        }
      }

      // x_tW_i = x_t · W_i                                            recurrent.nn:46
      multiply(matrix(x_t, t, N, 4), matrix(W_i, 4, 5), matrix(x_tW_i, N, 5));

      // sPrevU_i = sPrev · U_i                                        recurrent.nn:46
      multiply(matrix(sPrev, t, N, 5), matrix(U_i, 5, 5), matrix(sPrevU_i, N, 5));

      // i = σ(x_tW_i + sPrevU_i + b_i + cPrev ⊙ p_i)                  recurrent.nn:46
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          i[(t * N + n) * 5 + k] = sigmoid(x_tW_i[n * 5 + k] + sPrevU_i[n * 5 + k] + b_i[k]
              + cPrev[(t * N + n) * 5 + k] * p_i[k]);
        }
      }

      // x_tW_f = x_t · W_f                                            recurrent.nn:48
      multiply(matrix(x_t, t, N, 4), matrix(W_f, 4, 5), matrix(x_tW_f, N, 5));

      // sPrevU_f = sPrev · U_f                                        recurrent.nn:48
      multiply(matrix(sPrev, t, N, 5), matrix(U_f, 5, 5), matrix(sPrevU_f, N, 5));

      // f = σ(x_tW_f + sPrevU_f + b_f + cPrev ⊙ p_f)                  recurrent.nn:48
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          f[(t * N + n) * 5 + k] = sigmoid(x_tW_f[n * 5 + k] + sPrevU_f[n * 5 + k] + b_f[k]
              + cPrev[(t * N + n) * 5 + k] * p_f[k]);
        }
      }

      // c = i ⊙ g + f ⊙ cPrev                                         recurrent.nn:50
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          c[(t * N + n) * 5 + k] = i[(t * N + n) * 5 + k] * g[(t * N + n) * 5 + k]
              + f[(t * N + n) * 5 + k] * cPrev[(t * N + n) * 5 + k];
        }
      }

      // x_tW_o = x_t · W_o                                            recurrent.nn:51
      multiply(matrix(x_t, t, N, 4), matrix(W_o, 4, 5), matrix(x_tW_o, N, 5));

      // sPrevU_o = sPrev · U_o                                        recurrent.nn:51
      multiply(matrix(sPrev, t, N, 5), matrix(U_o, 5, 5), matrix(sPrevU_o, N, 5));

      // o = σ(x_tW_o + sPrevU_o + b_o + c ⊙ p_o)                      recurrent.nn:51
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          o[(t * N + n) * 5 + k] = sigmoid(x_tW_o[n * 5 + k] + sPrevU_o[n * 5 + k] + b_o[k]
              + c[(t * N + n) * 5 + k] * p_o[k]);
        }
      }

      // tanh_c = tanh(c)                                              recurrent.nn:52
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          tanh_c[(t * N + n) * 5 + k] = tanh(c[(t * N + n) * 5 + k]);
        }
      }

      // s = tanh_c ⊙ o                                                recurrent.nn:52
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          s[(t * N + n) * 5 + k] = tanh_c[(t * N + n) * 5 + k] * o[(t * N + n) * 5 + k];
        }
      }
    }

    // h = s[t, n → n, t]                                            Spikes.nn:5
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < 20; t++) {
        for (int k = 0; k < 5; k++) {
          h[(n * 20 + t) * 5 + k] = s[(t * N + n) * 5 + k];
        }
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

    // loss = (Σₙₜₖ (h − y)²) / (20 · 5 · N)                         Spikes.nn:6
    loss = 0f;
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < 20; t++) {
        for (int k = 0; k < 5; k++) {
          loss += square(h[(n * 20 + t) * 5 + k] - y[(n * 20 + t) * 5 + k]);
        }
      }
    }
    loss = loss / (20f * 5 * N);
    return loss;
  }

  @Override
  public void backward(int N) {
    // dh = 2 / (20 · 5) / N · (h − y)                               Spikes.nn:6
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < 20; t++) {
        for (int k = 0; k < 5; k++) {
          dh[(n * 20 + t) * 5 + k] = 2f / (20 * 5) / N
              * (h[(n * 20 + t) * 5 + k] - y[(n * 20 + t) * 5 + k]);
        }
      }
    }

    // dsOut = dh[n, t → t, n]                                       Spikes.nn:5
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dsOut[(t * N + n) * 5 + k] = dh[(n * 20 + t) * 5 + k];
        }
      }
    }

    // lstm, backwards, one time step after another                  Spikes.nn:5
    for (int t = 19; t >= 0; t--) {
      if (t == 19) {
        // dsNext = 0                                                    recurrent.nn:45
        Arrays.fill(dsNext, 0, N * 5, 0f);
        // dcNext = 0                                                    recurrent.nn:46
        Arrays.fill(dcNext, 0, N * 5, 0f);
      } else {
        // dsNext = dsPrev[t + 1]                                        recurrent.nn:45
        System.arraycopy(dsPrev, (t + 1) * N * 5, dsNext, 0, N * 5);
        // dcNext = dcPrev[t + 1]                                        recurrent.nn:46
        System.arraycopy(dcPrev, (t + 1) * N * 5, dcNext, 0, N * 5);
      }

      // ds = dsNext + dsOut                                           Spikes.nn:5
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          ds[n * 5 + k] = dsNext[n * 5 + k] + dsOut[(t * N + n) * 5 + k];
        }
      }

      // o stands in   s = tanh_c ⊙ o
      // do = ds ⊙ tanh_c                                              recurrent.nn:52
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          do_[n * 5 + k] = ds[n * 5 + k] * tanh_c[(t * N + n) * 5 + k];
        }
      }

      // dz_o = do ⊙ o ⊙ (1 − o)                                       recurrent.nn:51
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dz_o[(t * N + n) * 5 + k] = do_[n * 5 + k] * o[(t * N + n) * 5 + k]
              * (1 - o[(t * N + n) * 5 + k]);
        }
      }

      // c stands in   o = σ(x_tW_o + sPrevU_o + b_o + c ⊙ p_o)
      //               tanh_c = tanh(c)
      // dc = dcNext + ds ⊙ o ⊙ (1 − tanh_c²) + dz_o ⊙ p_o             recurrent.nn:51
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dc[n * 5 + k] = dcNext[n * 5 + k]
              + ds[n * 5 + k] * o[(t * N + n) * 5 + k] * (1 - square(tanh_c[(t * N + n) * 5 + k]))
              + dz_o[(t * N + n) * 5 + k] * p_o[k];
        }
      }

      // dp_o_t = dz_o ⊙ c                                             recurrent.nn:51
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dp_o_t[(t * N + n) * 5 + k] = dz_o[(t * N + n) * 5 + k] * c[(t * N + n) * 5 + k];
        }
      }

      // dz_oU_o = dz_o · U_oᵀ                                         recurrent.nn:51
      multiply(matrix(dz_o, t, N, 5), transposed(matrix(U_o, 5, 5)), matrix(dz_oU_o, N, 5));

      // f stands in   c = i ⊙ g + f ⊙ cPrev
      // df = dc ⊙ cPrev                                               recurrent.nn:50
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          df[n * 5 + k] = dc[n * 5 + k] * cPrev[(t * N + n) * 5 + k];
        }
      }

      // i stands in   c = i ⊙ g + f ⊙ cPrev
      // di = dc ⊙ g                                                   recurrent.nn:50
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          di[n * 5 + k] = dc[n * 5 + k] * g[(t * N + n) * 5 + k];
        }
      }

      // g stands in   c = i ⊙ g + f ⊙ cPrev
      // dg = dc ⊙ i                                                   recurrent.nn:50
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dg[n * 5 + k] = dc[n * 5 + k] * i[(t * N + n) * 5 + k];
        }
      }

      // dz_f = df ⊙ f ⊙ (1 − f)                                       recurrent.nn:48
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dz_f[(t * N + n) * 5 + k] =
              df[n * 5 + k] * f[(t * N + n) * 5 + k] * (1 - f[(t * N + n) * 5 + k]);
        }
      }

      // dp_f_t = dz_f ⊙ cPrev                                         recurrent.nn:48
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dp_f_t[(t * N + n) * 5 + k] = dz_f[(t * N + n) * 5 + k] * cPrev[(t * N + n) * 5 + k];
        }
      }

      // dz_fU_f = dz_f · U_fᵀ                                         recurrent.nn:48
      multiply(matrix(dz_f, t, N, 5), transposed(matrix(U_f, 5, 5)), matrix(dz_fU_f, N, 5));

      // dz_i = di ⊙ i ⊙ (1 − i)                                       recurrent.nn:46
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dz_i[(t * N + n) * 5 + k] =
              di[n * 5 + k] * i[(t * N + n) * 5 + k] * (1 - i[(t * N + n) * 5 + k]);
        }
      }

      // cPrev stands in   i = σ(x_tW_i + sPrevU_i + b_i + cPrev ⊙ p_i)
      //                   f = σ(x_tW_f + sPrevU_f + b_f + cPrev ⊙ p_f)
      //                   c = i ⊙ g + f ⊙ cPrev
      // dcPrev = dc ⊙ f + dz_f ⊙ p_f + dz_i ⊙ p_i                     recurrent.nn:46
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dcPrev[(t * N + n) * 5 + k] = dc[n * 5 + k] * f[(t * N + n) * 5 + k]
              + dz_f[(t * N + n) * 5 + k] * p_f[k] + dz_i[(t * N + n) * 5 + k] * p_i[k];
        }
      }

      // dp_i_t = dz_i ⊙ cPrev                                         recurrent.nn:46
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dp_i_t[(t * N + n) * 5 + k] = dz_i[(t * N + n) * 5 + k] * cPrev[(t * N + n) * 5 + k];
        }
      }

      // dz_iU_i = dz_i · U_iᵀ                                         recurrent.nn:46
      multiply(matrix(dz_i, t, N, 5), transposed(matrix(U_i, 5, 5)), matrix(dz_iU_i, N, 5));

      // dz_g = dg ⊙ (1 − g²)                                          recurrent.nn:45
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dz_g[(t * N + n) * 5 + k] = dg[n * 5 + k] * (1 - square(g[(t * N + n) * 5 + k]));
        }
      }

      // dz_gU_g = dz_g · U_gᵀ                                         recurrent.nn:45
      multiply(matrix(dz_g, t, N, 5), transposed(matrix(U_g, 5, 5)), matrix(dz_gU_g, N, 5));

      // sPrev stands in   sPrevU_g = sPrev · U_g
      //                   sPrevU_i = sPrev · U_i
      //                   sPrevU_f = sPrev · U_f
      //                   sPrevU_o = sPrev · U_o
      // dsPrev = dz_oU_o + dz_fU_f + dz_iU_i + dz_gU_g                recurrent.nn:45
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dsPrev[(t * N + n) * 5 + k] = dz_oU_o[n * 5 + k] + dz_fU_f[n * 5 + k] + dz_iU_i[n * 5 + k]
              + dz_gU_g[n * 5 + k];
        }
      }
    }

    // dp_o = Σₜₙ dp_o_t                                             recurrent.nn:51
    Arrays.fill(dp_o, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dp_o[k] += dp_o_t[(t * N + n) * 5 + k];
        }
      }
    }

    // db_o = Σₜₙ dz_o                                               recurrent.nn:51
    Arrays.fill(db_o, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          db_o[k] += dz_o[(t * N + n) * 5 + k];
        }
      }
    }

    // dU_o = sPrevᵀ · dz_o                                          recurrent.nn:51
    multiply(transposed(matrix(sPrev, 20 * N, 5)), matrix(dz_o, 20 * N, 5), matrix(dU_o, 5, 5));

    // dW_o = x_tᵀ · dz_o                                            recurrent.nn:51
    multiply(transposed(matrix(x_t, 20 * N, 4)), matrix(dz_o, 20 * N, 5), matrix(dW_o, 4, 5));

    // dp_f = Σₜₙ dp_f_t                                             recurrent.nn:48
    Arrays.fill(dp_f, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dp_f[k] += dp_f_t[(t * N + n) * 5 + k];
        }
      }
    }

    // db_f = Σₜₙ dz_f                                               recurrent.nn:48
    Arrays.fill(db_f, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          db_f[k] += dz_f[(t * N + n) * 5 + k];
        }
      }
    }

    // dU_f = sPrevᵀ · dz_f                                          recurrent.nn:48
    multiply(transposed(matrix(sPrev, 20 * N, 5)), matrix(dz_f, 20 * N, 5), matrix(dU_f, 5, 5));

    // dW_f = x_tᵀ · dz_f                                            recurrent.nn:48
    multiply(transposed(matrix(x_t, 20 * N, 4)), matrix(dz_f, 20 * N, 5), matrix(dW_f, 4, 5));

    // dp_i = Σₜₙ dp_i_t                                             recurrent.nn:46
    Arrays.fill(dp_i, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dp_i[k] += dp_i_t[(t * N + n) * 5 + k];
        }
      }
    }

    // db_i = Σₜₙ dz_i                                               recurrent.nn:46
    Arrays.fill(db_i, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          db_i[k] += dz_i[(t * N + n) * 5 + k];
        }
      }
    }

    // dU_i = sPrevᵀ · dz_i                                          recurrent.nn:46
    multiply(transposed(matrix(sPrev, 20 * N, 5)), matrix(dz_i, 20 * N, 5), matrix(dU_i, 5, 5));

    // dW_i = x_tᵀ · dz_i                                            recurrent.nn:46
    multiply(transposed(matrix(x_t, 20 * N, 4)), matrix(dz_i, 20 * N, 5), matrix(dW_i, 4, 5));

    // db_g = Σₜₙ dz_g                                               recurrent.nn:45
    Arrays.fill(db_g, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          db_g[k] += dz_g[(t * N + n) * 5 + k];
        }
      }
    }

    // dU_g = sPrevᵀ · dz_g                                          recurrent.nn:45
    multiply(transposed(matrix(sPrev, 20 * N, 5)), matrix(dz_g, 20 * N, 5), matrix(dU_g, 5, 5));

    // dW_g = x_tᵀ · dz_g                                            recurrent.nn:45
    multiply(transposed(matrix(x_t, 20 * N, 4)), matrix(dz_g, 20 * N, 5), matrix(dW_g, 4, 5));
  }

  @Override
  public void update(Moment now) {
    throw new UnsupportedOperationException("Spikes.nn has no training plan for Spikes");
  }

  @Override
  public void initialize(long seed) {
    // W_g = U(0, 1)                                                 recurrent.nn:31
    new Philox(seed, 0).uniform(W_g);
    // W_g ← −√(6 / (4 + 5)) + 2 · √(6 / (4 + 5)) · W_g              recurrent.nn:31
    for (int j = 0; j < 4; j++) {
      for (int k = 0; k < 5; k++) {
        W_g[j * 5 + k] = -sqrt(6f / (4 + 5)) + 2 * sqrt(6f / (4 + 5)) * W_g[j * 5 + k];
      }
    }

    // W_i = U(0, 1)                                                 recurrent.nn:31
    new Philox(seed, 1).uniform(W_i);
    // W_i ← −√(6 / (4 + 5)) + 2 · √(6 / (4 + 5)) · W_i              recurrent.nn:31
    for (int j = 0; j < 4; j++) {
      for (int k = 0; k < 5; k++) {
        W_i[j * 5 + k] = -sqrt(6f / (4 + 5)) + 2 * sqrt(6f / (4 + 5)) * W_i[j * 5 + k];
      }
    }

    // W_o = U(0, 1)                                                 recurrent.nn:31
    new Philox(seed, 2).uniform(W_o);
    // W_o ← −√(6 / (4 + 5)) + 2 · √(6 / (4 + 5)) · W_o              recurrent.nn:31
    for (int j = 0; j < 4; j++) {
      for (int k = 0; k < 5; k++) {
        W_o[j * 5 + k] = -sqrt(6f / (4 + 5)) + 2 * sqrt(6f / (4 + 5)) * W_o[j * 5 + k];
      }
    }

    // W_f = U(0, 1)                                                 recurrent.nn:32
    new Philox(seed, 3).uniform(W_f);
    // W_f ← −√(6 / (4 + 5)) + 2 · √(6 / (4 + 5)) · W_f              recurrent.nn:32
    for (int j = 0; j < 4; j++) {
      for (int k = 0; k < 5; k++) {
        W_f[j * 5 + k] = -sqrt(6f / (4 + 5)) + 2 * sqrt(6f / (4 + 5)) * W_f[j * 5 + k];
      }
    }

    // U_g = N(0, 1)                                                 recurrent.nn:33
    new Philox(seed, 4).normal(U_g);
    // U_g ← orthonormal(U_g)                                        recurrent.nn:33
    orthonormalize(matrix(U_g, 5, 5));

    // U_i = N(0, 1)                                                 recurrent.nn:33
    new Philox(seed, 5).normal(U_i);
    // U_i ← orthonormal(U_i)                                        recurrent.nn:33
    orthonormalize(matrix(U_i, 5, 5));

    // U_o = N(0, 1)                                                 recurrent.nn:33
    new Philox(seed, 6).normal(U_o);
    // U_o ← orthonormal(U_o)                                        recurrent.nn:33
    orthonormalize(matrix(U_o, 5, 5));

    // U_f = N(0, 1)                                                 recurrent.nn:34
    new Philox(seed, 7).normal(U_f);
    // U_f ← orthonormal(U_f)                                        recurrent.nn:34
    orthonormalize(matrix(U_f, 5, 5));

    // b_g = 0                                                       recurrent.nn:35
    Arrays.fill(b_g, 0f);

    // b_i = 0                                                       recurrent.nn:35
    Arrays.fill(b_i, 0f);

    // b_o = 0                                                       recurrent.nn:35
    Arrays.fill(b_o, 0f);

    // b_f = 1                                                       recurrent.nn:36
    Arrays.fill(b_f, 1f);

    // p_i = 0                                                       recurrent.nn:37
    Arrays.fill(p_i, 0f);

    // p_o = 0                                                       recurrent.nn:37
    Arrays.fill(p_o, 0f);

    // p_f = 0                                                       recurrent.nn:38
    Arrays.fill(p_f, 0f);
  }

  @Override
  protected void declare() {
    parameter("lstm.W_g", W_g, dW_g, 4, 5);
    parameter("lstm.W_i", W_i, dW_i, 4, 5);
    parameter("lstm.W_o", W_o, dW_o, 4, 5);
    parameter("lstm.W_f", W_f, dW_f, 4, 5);
    parameter("lstm.U_g", U_g, dU_g, 5, 5);
    parameter("lstm.U_i", U_i, dU_i, 5, 5);
    parameter("lstm.U_o", U_o, dU_o, 5, 5);
    parameter("lstm.U_f", U_f, dU_f, 5, 5);
    parameter("lstm.b_g", b_g, db_g, 5);
    parameter("lstm.b_i", b_i, db_i, 5);
    parameter("lstm.b_o", b_o, db_o, 5);
    parameter("lstm.b_f", b_f, db_f, 5);
    parameter("lstm.p_i", p_i, dp_i, 5);
    parameter("lstm.p_o", p_o, dp_o, 5);
    parameter("lstm.p_f", p_f, dp_f, 5);
  }

  @Override
  protected void buffers() {
    x = input("x", BATCH, 20, 4);
    y = target("y", BATCH, 20, 5);
    x_t = value("x_t", "x[n, t → t, n]", "Spikes.nn:5", 20, BATCH, 4);
    s = value("s", "tanh_c ⊙ o", "recurrent.nn:52", 20, BATCH, 5);
    c = value("c", "i ⊙ g + f ⊙ cPrev", "recurrent.nn:50", 20, BATCH, 5);
    o = value("o", "σ(x_tW_o + sPrevU_o + b_o + c ⊙ p_o)", "recurrent.nn:51", 20, BATCH, 5);
    tanh_c = value("tanh_c", "tanh(c)", "recurrent.nn:52", 20, BATCH, 5);
    cPrev = value("cPrev", "c[t − 1]", "recurrent.nn:50", 20, BATCH, 5);
    f = value("f", "σ(x_tW_f + sPrevU_f + b_f + cPrev ⊙ p_f)", "recurrent.nn:48", 20, BATCH, 5);
    g = value("g", "tanh(x_tW_g + sPrevU_g + b_g)", "recurrent.nn:45", 20, BATCH, 5);
    i = value("i", "σ(x_tW_i + sPrevU_i + b_i + cPrev ⊙ p_i)", "recurrent.nn:46", 20, BATCH, 5);
    sPrev = value("sPrev", "s[t − 1]", "recurrent.nn:52", 20, BATCH, 5);
    x_tW_g = reals(BATCH, 5);
    sPrevU_g = reals(BATCH, 5);
    x_tW_i = reals(BATCH, 5);
    sPrevU_i = reals(BATCH, 5);
    x_tW_f = reals(BATCH, 5);
    sPrevU_f = reals(BATCH, 5);
    x_tW_o = reals(BATCH, 5);
    sPrevU_o = reals(BATCH, 5);
    h = value("h", "s[t, n → n, t]", "Spikes.nn:5", BATCH, 20, 5);
    value("loss", () -> loss, "(Σₙₜₖ (h − y)²) / (20 · 5 · N)", "Spikes.nn:6");
    dh = gradient("h", BATCH, 20, 5);
    dsOut = reals(20, BATCH, 5);
    dsPrev = gradient("sPrev", 20, BATCH, 5);
    dcPrev = gradient("cPrev", 20, BATCH, 5);
    dp_o_t = reals(20, BATCH, 5);
    dz_o = reals(20, BATCH, 5);
    dp_f_t = reals(20, BATCH, 5);
    dz_f = reals(20, BATCH, 5);
    dp_i_t = reals(20, BATCH, 5);
    dz_i = reals(20, BATCH, 5);
    dz_g = reals(20, BATCH, 5);
    dsNext = reals(BATCH, 5);
    dcNext = reals(BATCH, 5);
    ds = reals(BATCH, 5);
    do_ = reals(BATCH, 5);
    dc = reals(BATCH, 5);
    dz_oU_o = reals(BATCH, 5);
    df = reals(BATCH, 5);
    di = reals(BATCH, 5);
    dg = reals(BATCH, 5);
    dz_fU_f = reals(BATCH, 5);
    dz_iU_i = reals(BATCH, 5);
    dz_gU_g = reals(BATCH, 5);
    output("h", h, BATCH, 20, 5);
    state("s", "sPrev");
    state("c", "cPrev");
    flat("o", 0, 1);
    flat("tanh_c", -1, 1);
    flat("f", 0, 1);
    flat("g", -1, 1);
    flat("i", 0, 1);
  }
}
