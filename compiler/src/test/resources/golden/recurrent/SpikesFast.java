import static dev.peephole.runtime.kernel.ArrayMath.sigmoid;
import static dev.peephole.runtime.kernel.ArrayMath.tanh;
import static dev.peephole.runtime.kernel.MatrixNotation.matrix;
import static dev.peephole.runtime.kernel.MatrixNotation.orthonormalize;
import static dev.peephole.runtime.kernel.Real.square;

import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.kernel.MatrixProduct;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.kernel.PackedMatrix;
import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;

/**
 * What the output of an LSTM with peepholes should be, step by step.
 *
 * <p>Compiled by {@code nnc} from {@code Spikes.nn} in the fast style. Above each step
 * stands its equation, with the line of the model that it comes from.
 * {@code recurrent.nn} is a file of the library, which {@code nnc std} prints.
 */
public final class Spikes extends ArrayModel<float[]> {
  private final MatrixProduct products = new MatrixProduct();
  /** U_giof, rearranged for the products of all time steps */
  private final PackedMatrix packedU_giof = new PackedMatrix();
  /** U_giofᵀ, rearranged for the products of all time steps */
  private final PackedMatrix packedU_giofT = new PackedMatrix();
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
  /** [20, N, 20] x_tW_giof = x_t · W_giof    recurrent.nn:45 */
  private float[] x_tW_giof;
  /** [5, 20] U_giof = [U_g, U_i, U_o, U_f]    recurrent.nn:45 */
  private final float[] U_giof = new float[5 * 20];
  /** [20, N, 5] s = tanh_c ⊙ o    recurrent.nn:52 */
  private float[] s;
  /** [20, N, 5] c = i ⊙ g + f ⊙ cPrev    recurrent.nn:50 */
  private float[] c;

  /**
   * [20, N, 5]
   * o = σ(x_tW_giof[.., 10..15] + sPrevU_giof[.., 10..15] + b_o
   *     + c ⊙ p_o)    recurrent.nn:51
   */
  private float[] o;
  /** [20, N, 5] tanh_c = tanh(c)    recurrent.nn:52 */
  private float[] tanh_c;
  /** [20, N, 5] cPrev = c[t − 1], at first 0 */
  private float[] cPrev;

  /**
   * [20, N, 5]
   * f = σ(x_tW_giof[.., 15..20] + sPrevU_giof[.., 15..20] + b_f
   *     + cPrev ⊙ p_f)    recurrent.nn:48
   */
  private float[] f;
  /** [20, N, 5] g = tanh(x_tW_giof[.., 0..5] + sPrevU_giof[.., 0..5] + b_g)    recurrent.nn:45 */
  private float[] g;

  /**
   * [20, N, 5]
   * i = σ(x_tW_giof[.., 5..10] + sPrevU_giof[.., 5..10] + b_i
   *     + cPrev ⊙ p_i)    recurrent.nn:46
   */
  private float[] i;
  /** [20, N, 5] sPrev = s[t − 1], at first 0 */
  private float[] sPrev;
  /** [N, 20] sPrevU_giof = sPrev · U_giof    recurrent.nn:45 */
  private float[] sPrevU_giof;
  /** [N, 20, 5] h = s[t, n → n, t]    Spikes.nn:5 */
  private float[] h;
  /** loss = (Σₙₜₖ (h − y)²) / (20 · 5 · N)    Spikes.nn:6 */
  private float loss;
  /** [20, N, 5] dsOut = (2 / (20 · 5) / N · (h − y))[n, t → t, n]    Spikes.nn:5 */
  private float[] dsOut;
  /** [20, N, 5] ∂loss / ∂sPrev */
  private float[] dsPrev;
  /** [20, N, 5] ∂loss / ∂cPrev */
  private float[] dcPrev;
  /** [20, N, 5] dp_o_t = dz_o ⊙ c    recurrent.nn:51 */
  private float[] dp_o_t;
  /** [20, N, 5] dp_f_t = dz_f ⊙ cPrev    recurrent.nn:48 */
  private float[] dp_f_t;
  /** [20, N, 5] dp_i_t = dz_i ⊙ cPrev    recurrent.nn:46 */
  private float[] dp_i_t;
  /** [20, N, 20] dz_giof = [dz_g, dz_i, dz_o, dz_f]    recurrent.nn:45 */
  private float[] dz_giof;
  /** [N, 5] dsNext = dsPrev[t + 1], at first 0 */
  private float[] dsNext;
  /** [N, 5] dcNext = dcPrev[t + 1], at first 0 */
  private float[] dcNext;

  /**
   * [4, 20] W_giof = [W_g, W_i, W_o, W_f]    recurrent.nn:45
   * What is never needed at the same time shares an array.
   */
  private final float[] W_giof = U_giof;
  /** [5, 20] dU_giof = sPrevᵀ · dz_giof    recurrent.nn:45 */
  private final float[] dU_giof = U_giof;
  /** [4, 20] dW_giof = x_tᵀ · dz_giof    recurrent.nn:45 */
  private final float[] dW_giof = U_giof;

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

    for (int j = 0; j < 4; j++) {
      for (int k = 0; k < 5; k++) {
        // W_giof = [W_g, W_i, W_o, W_f]                                 recurrent.nn:45
        W_giof[j * 20 + k] = W_g[j * 5 + k];
        W_giof[j * 20 + k + 5] = W_i[j * 5 + k];
        W_giof[j * 20 + k + 10] = W_o[j * 5 + k];
        W_giof[j * 20 + k + 15] = W_f[j * 5 + k];
      }
    }

    // x_tW_giof = x_t · W_giof                                      recurrent.nn:45
    products.multiply(x_t, W_giof, x_tW_giof, N * 20, 4, 20);

    for (int j = 0; j < 5; j++) {
      for (int k = 0; k < 5; k++) {
        // U_giof = [U_g, U_i, U_o, U_f]                                 recurrent.nn:45
        U_giof[j * 20 + k] = U_g[j * 5 + k];
        U_giof[j * 20 + k + 5] = U_i[j * 5 + k];
        U_giof[j * 20 + k + 10] = U_o[j * 5 + k];
        U_giof[j * 20 + k + 15] = U_f[j * 5 + k];
      }
    }

    // lstm, one time step after another                             Spikes.nn:5
    packedU_giof.set(U_giof, 5, 20);
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

      // sPrevU_giof = sPrev · U_giof                                  recurrent.nn:45
      products.multiply(sPrev, t * N * 5, packedU_giof, sPrevU_giof, 0, N);

      // g = tanh(x_tW_giof[.., 0..5] + sPrevU_giof[.., 0..5] + b_g)    recurrent.nn:45
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          g[(t * N + n) * 5 + k] =
              x_tW_giof[(t * N + n) * 20 + k] + sPrevU_giof[n * 20 + k] + b_g[k];
        }
      }
      tanh(g, t * N * 5, N * 5);

      // i = σ(x_tW_giof[.., 5..10] + sPrevU_giof[.., 5..10] + b_i
      //     + cPrev ⊙ p_i)                                            recurrent.nn:46
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          i[(t * N + n) * 5 + k] = x_tW_giof[(t * N + n) * 20 + k + 5] + sPrevU_giof[n * 20 + k + 5]
              + b_i[k] + cPrev[(t * N + n) * 5 + k] * p_i[k];
        }
      }
      sigmoid(i, t * N * 5, N * 5);

      // f = σ(x_tW_giof[.., 15..20] + sPrevU_giof[.., 15..20] + b_f
      //     + cPrev ⊙ p_f)                                            recurrent.nn:48
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          f[(t * N + n) * 5 + k] = x_tW_giof[(t * N + n) * 20 + k + 15]
              + sPrevU_giof[n * 20 + k + 15] + b_f[k] + cPrev[(t * N + n) * 5 + k] * p_f[k];
        }
      }
      sigmoid(f, t * N * 5, N * 5);

      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          // c = i ⊙ g + f ⊙ cPrev                                         recurrent.nn:50
          c[(t * N + n) * 5 + k] = i[(t * N + n) * 5 + k] * g[(t * N + n) * 5 + k]
              + f[(t * N + n) * 5 + k] * cPrev[(t * N + n) * 5 + k];
          // o = σ(x_tW_giof[.., 10..15] + sPrevU_giof[.., 10..15] + b_o
          //     + c ⊙ p_o)                                                recurrent.nn:51
          o[(t * N + n) * 5 + k] = x_tW_giof[(t * N + n) * 20 + k + 10]
              + sPrevU_giof[n * 20 + k + 10] + b_o[k] + c[(t * N + n) * 5 + k] * p_o[k];
        }
      }
      sigmoid(o, t * N * 5, N * 5);

      // tanh_c = tanh(c)                                              recurrent.nn:52
      for (int j = 0; j < N * 5; j++) {
        tanh_c[t * N * 5 + j] = c[t * N * 5 + j];
      }
      tanh(tanh_c, t * N * 5, N * 5);

      // s = tanh_c ⊙ o                                                recurrent.nn:52
      for (int j = 0; j < N * 5; j++) {
        s[t * N * 5 + j] = tanh_c[t * N * 5 + j] * o[t * N * 5 + j];
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
    loss = loss / (100f * N);
    return loss;
  }

  @Override
  public void backward(int N) {
    // dsOut = (2 / (20 · 5) / N · (h − y))[n, t → t, n]             Spikes.nn:5
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dsOut[(t * N + n) * 5 + k] =
              0.02f / N * (h[(n * 20 + t) * 5 + k] - y[(n * 20 + t) * 5 + k]);
        }
      }
    }

    // lstm, backwards, one time step after another                  Spikes.nn:5
    packedU_giofT.setTransposed(U_giof, 20, 5);
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

      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          // ds = dsNext + dsOut                                           Spikes.nn:5
          float ds = dsNext[n * 5 + k] + dsOut[(t * N + n) * 5 + k];
          // dz_o = ds ⊙ tanh_c ⊙ o ⊙ (1 − o)                              recurrent.nn:51
          // dz_giof = [dz_g, dz_i, dz_o, dz_f]                            recurrent.nn:45
          dz_giof[(t * N + n) * 20 + k + 10] = ds * tanh_c[(t * N + n) * 5 + k]
              * o[(t * N + n) * 5 + k] * (1 - o[(t * N + n) * 5 + k]);
          // dc = dcNext + ds ⊙ o ⊙ (1 − tanh_c²) + dz_o ⊙ p_o             recurrent.nn:51
          float dc = dcNext[n * 5 + k]
              + ds * o[(t * N + n) * 5 + k] * (1 - square(tanh_c[(t * N + n) * 5 + k]))
              + dz_giof[(t * N + n) * 20 + k + 10] * p_o[k];
          // dp_o_t = dz_o ⊙ c                                             recurrent.nn:51
          dp_o_t[(t * N + n) * 5 + k] = dz_giof[(t * N + n) * 20 + k + 10] * c[(t * N + n) * 5 + k];
          // dz_f = dc ⊙ cPrev ⊙ f ⊙ (1 − f)                               recurrent.nn:48
          dz_giof[(t * N + n) * 20 + k + 15] = dc * cPrev[(t * N + n) * 5 + k]
              * f[(t * N + n) * 5 + k] * (1 - f[(t * N + n) * 5 + k]);
          // dp_f_t = dz_f ⊙ cPrev                                         recurrent.nn:48
          dp_f_t[(t * N + n) * 5 + k] =
              dz_giof[(t * N + n) * 20 + k + 15] * cPrev[(t * N + n) * 5 + k];
          // dz_i = dc ⊙ g ⊙ i ⊙ (1 − i)                                   recurrent.nn:46
          dz_giof[(t * N + n) * 20 + k + 5] = dc * g[(t * N + n) * 5 + k] * i[(t * N + n) * 5 + k]
              * (1 - i[(t * N + n) * 5 + k]);
          // dcPrev = dc ⊙ f + dz_f ⊙ p_f + dz_i ⊙ p_i                     recurrent.nn:46
          dcPrev[(t * N + n) * 5 + k] = dc * f[(t * N + n) * 5 + k]
              + dz_giof[(t * N + n) * 20 + k + 15] * p_f[k]
              + dz_giof[(t * N + n) * 20 + k + 5] * p_i[k];
          // dp_i_t = dz_i ⊙ cPrev                                         recurrent.nn:46
          dp_i_t[(t * N + n) * 5 + k] =
              dz_giof[(t * N + n) * 20 + k + 5] * cPrev[(t * N + n) * 5 + k];
          // dz_g = dc ⊙ i ⊙ (1 − g²)                                      recurrent.nn:45
          dz_giof[(t * N + n) * 20 + k] =
              dc * i[(t * N + n) * 5 + k] * (1 - square(g[(t * N + n) * 5 + k]));
        }
      }

      // dsPrev = dz_giof · U_giofᵀ                                    recurrent.nn:45
      products.multiply(dz_giof, t * N * 20, packedU_giofT, dsPrev, t * N * 5, N);
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

    // db_o = Σₜₙ dz_giof[.., .., 10..15]                            recurrent.nn:51
    Arrays.fill(db_o, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          db_o[k] += dz_giof[(t * N + n) * 20 + k + 10];
        }
      }
    }

    // dp_f = Σₜₙ dp_f_t                                             recurrent.nn:48
    Arrays.fill(dp_f, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dp_f[k] += dp_f_t[(t * N + n) * 5 + k];
        }
      }
    }

    // db_f = Σₜₙ dz_giof[.., .., 15..20]                            recurrent.nn:48
    Arrays.fill(db_f, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          db_f[k] += dz_giof[(t * N + n) * 20 + k + 15];
        }
      }
    }

    // dp_i = Σₜₙ dp_i_t                                             recurrent.nn:46
    Arrays.fill(dp_i, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          dp_i[k] += dp_i_t[(t * N + n) * 5 + k];
        }
      }
    }

    // db_i = Σₜₙ dz_giof[.., .., 5..10]                             recurrent.nn:46
    Arrays.fill(db_i, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          db_i[k] += dz_giof[(t * N + n) * 20 + k + 5];
        }
      }
    }

    // db_g = Σₜₙ dz_giof[.., .., 0..5]                              recurrent.nn:45
    Arrays.fill(db_g, 0f);
    for (int t = 0; t < 20; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 5; k++) {
          db_g[k] += dz_giof[(t * N + n) * 20 + k];
        }
      }
    }

    // dU_giof = sPrevᵀ · dz_giof                                    recurrent.nn:45
    products.multiplyLeftTransposed(sPrev, dz_giof, dU_giof, 5, N * 20, 20);

    for (int j = 0; j < 5; j++) {
      for (int k = 0; k < 5; k++) {
        // dU_g = dU_giof[.., 0..5]                                      recurrent.nn:45
        dU_g[j * 5 + k] = dU_giof[j * 20 + k];
        // dU_i = dU_giof[.., 5..10]                                     recurrent.nn:46
        dU_i[j * 5 + k] = dU_giof[j * 20 + k + 5];
        // dU_o = dU_giof[.., 10..15]                                    recurrent.nn:51
        dU_o[j * 5 + k] = dU_giof[j * 20 + k + 10];
        // dU_f = dU_giof[.., 15..20]                                    recurrent.nn:48
        dU_f[j * 5 + k] = dU_giof[j * 20 + k + 15];
      }
    }

    // dW_giof = x_tᵀ · dz_giof                                      recurrent.nn:45
    products.multiplyLeftTransposed(x_t, dz_giof, dW_giof, 4, N * 20, 20);

    for (int j = 0; j < 4; j++) {
      for (int k = 0; k < 5; k++) {
        // dW_g = dW_giof[.., 0..5]                                      recurrent.nn:45
        dW_g[j * 5 + k] = dW_giof[j * 20 + k];
        // dW_i = dW_giof[.., 5..10]                                     recurrent.nn:46
        dW_i[j * 5 + k] = dW_giof[j * 20 + k + 5];
        // dW_o = dW_giof[.., 10..15]                                    recurrent.nn:51
        dW_o[j * 5 + k] = dW_giof[j * 20 + k + 10];
        // dW_f = dW_giof[.., 15..20]                                    recurrent.nn:48
        dW_f[j * 5 + k] = dW_giof[j * 20 + k + 15];
      }
    }
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
    for (int l = 0; l < 20; l++) {
      W_g[l] = -0.8164966f + 1.6329932f * W_g[l];
    }

    // W_i = U(0, 1)                                                 recurrent.nn:31
    new Philox(seed, 1).uniform(W_i);
    // W_i ← −√(6 / (4 + 5)) + 2 · √(6 / (4 + 5)) · W_i              recurrent.nn:31
    for (int l = 0; l < 20; l++) {
      W_i[l] = -0.8164966f + 1.6329932f * W_i[l];
    }

    // W_o = U(0, 1)                                                 recurrent.nn:31
    new Philox(seed, 2).uniform(W_o);
    // W_o ← −√(6 / (4 + 5)) + 2 · √(6 / (4 + 5)) · W_o              recurrent.nn:31
    for (int l = 0; l < 20; l++) {
      W_o[l] = -0.8164966f + 1.6329932f * W_o[l];
    }

    // W_f = U(0, 1)                                                 recurrent.nn:32
    new Philox(seed, 3).uniform(W_f);
    // W_f ← −√(6 / (4 + 5)) + 2 · √(6 / (4 + 5)) · W_f              recurrent.nn:32
    for (int l = 0; l < 20; l++) {
      W_f[l] = -0.8164966f + 1.6329932f * W_f[l];
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
    x_t = reals(20, BATCH, 4);
    x_tW_giof = reals(20, BATCH, 20);
    s = reals(20, BATCH, 5);
    c = reals(20, BATCH, 5);
    o = reals(20, BATCH, 5);
    tanh_c = reals(20, BATCH, 5);
    cPrev = reals(20, BATCH, 5);
    f = reals(20, BATCH, 5);
    g = reals(20, BATCH, 5);
    i = reals(20, BATCH, 5);
    sPrev = reals(20, BATCH, 5);
    sPrevU_giof = reals(BATCH, 20);
    h = reals(BATCH, 20, 5);
    dcNext = reals(BATCH, 5);

    // What is never needed at the same time shares an array.
    dsOut = s;
    dsPrev = s;
    dcPrev = c;
    dp_o_t = o;
    dp_f_t = tanh_c;
    dp_i_t = cPrev;
    dz_giof = x_tW_giof;
    dsNext = sPrevU_giof;

    value("x_t", x_t, "x[n, t → t, n]", "Spikes.nn:5", 20, BATCH, 4);
    value("x_tW_giof", x_tW_giof, "x_t · W_giof", "recurrent.nn:45", 20, BATCH, 20);
    value("U_giof", U_giof, "[U_g, U_i, U_o, U_f]", "recurrent.nn:45", 5, 20);
    value("s", s, "tanh_c ⊙ o", "recurrent.nn:52", 20, BATCH, 5);
    value("c", c, "i ⊙ g + f ⊙ cPrev", "recurrent.nn:50", 20, BATCH, 5);
    value("o", o, "σ(x_tW_giof[.., 10..15] + sPrevU_giof[.., 10..15] + b_o + c ⊙ p_o)",
        "recurrent.nn:51", 20, BATCH, 5);
    value("tanh_c", tanh_c, "tanh(c)", "recurrent.nn:52", 20, BATCH, 5);
    value("cPrev", cPrev, "c[t − 1]", "recurrent.nn:50", 20, BATCH, 5);
    value("f", f, "σ(x_tW_giof[.., 15..20] + sPrevU_giof[.., 15..20] + b_f + cPrev ⊙ p_f)",
        "recurrent.nn:48", 20, BATCH, 5);
    value("g", g, "tanh(x_tW_giof[.., 0..5] + sPrevU_giof[.., 0..5] + b_g)", "recurrent.nn:45",
        20, BATCH, 5);
    value("i", i, "σ(x_tW_giof[.., 5..10] + sPrevU_giof[.., 5..10] + b_i + cPrev ⊙ p_i)",
        "recurrent.nn:46", 20, BATCH, 5);
    value("sPrev", sPrev, "s[t − 1]", "recurrent.nn:52", 20, BATCH, 5);
    value("h", h, "s[t, n → n, t]", "Spikes.nn:5", BATCH, 20, 5);
    value("loss", () -> loss, "(Σₙₜₖ (h − y)²) / (20 · 5 · N)", "Spikes.nn:6");
    output("h", h, BATCH, 20, 5);
  }
}
