import static dev.peephole.runtime.kernel.ArrayMath.tanh;
import static dev.peephole.runtime.kernel.MatrixNotation.matrix;
import static dev.peephole.runtime.kernel.MatrixNotation.orthonormalize;
import static dev.peephole.runtime.kernel.Real.square;
import static dev.peephole.runtime.kernel.VectorApi.VECTORS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.kernel.MatrixProduct;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.kernel.PackedMatrix;
import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows long enough for vectors: a cell with forty units.
 *
 * <p>Compiled by {@code nnc} from {@code Wide.nn} in the fast style. Above each step
 * stands its equation, with the line of the model that it comes from.
 * {@code recurrent.nn} is a file of the library, which {@code nnc std} prints.
 */
public final class Wide extends ArrayModel<float[]> {
  private final MatrixProduct products = new MatrixProduct();
  /** U, rearranged for the products of all time steps */
  private final PackedMatrix packedU = new PackedMatrix();
  /** Uᵀ, rearranged for the products of all time steps */
  private final PackedMatrix packedUT = new PackedMatrix();
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
  /** [3, N, 40] x_tW1 = x_t · W1    recurrent.nn:16 */
  private float[] x_tW1;
  /** [3, N, 40] s = tanh(x_tW1 + sPrevU + b1)    recurrent.nn:16 */
  private float[] s;
  /** [3, N, 40] sPrev = s[t − 1], at first 0 */
  private float[] sPrev;
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
  /** [3, N, 40] dz_s = (dsNext + dsOut) ⊙ (1 − s²)    recurrent.nn:16 */
  private float[] dz_s;
  /** [N, 40] dsNext = dsPrev[t + 1], at first 0 */
  private float[] dsNext;

  public Wide() {
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

    // x_tW1 = x_t · W1                                              recurrent.nn:16
    products.multiply(x_t, W1, x_tW1, N * 3, 2, 40);

    // rnn, one time step after another                              Wide.nn:6
    packedU.set(U, 40, 40);
    for (int t = 0; t < 3; t++) {
      if (t == 0) {
        // sPrev = 0                                                     recurrent.nn:16
        Arrays.fill(sPrev, 0, N * 40, 0f);
      } else {
        // sPrev = s[t − 1]                                              recurrent.nn:16
        System.arraycopy(s, (t - 1) * N * 40, sPrev, t * N * 40, N * 40);
      }

      // sPrevU = sPrev · U                                            recurrent.nn:16
      products.multiply(sPrev, t * N * 40, packedU, sPrevU, 0, N);

      // s = tanh(x_tW1 + sPrevU + b1)                                 recurrent.nn:16
      for (int n = 0; n < N; n++) {
        for (int k = VECTORS ? Vectors.s(this, N, t, n) : 0; k < 40; k++) {
          s[(t * N + n) * 40 + k] = x_tW1[(t * N + n) * 40 + k] + sPrevU[n * 40 + k] + b1[k];
        }
      }
      tanh(s, t * N * 40, N * 40);
    }

    // last = s[t, n → n, t][.., 2]                                  Wide.nn:7
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 40; k++) {
        last[n * 40 + k] = s[(2 * N + n) * 40 + k];
      }
    }

    // lastW2 = last · W2                                            Wide.nn:7
    products.multiply(last, W2, lastW2, N, 40, 1);

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
    products.multiplyRightTransposed(dp, W2, dlast, N, 1, 40);

    // dW2 = lastᵀ · dp                                              Wide.nn:7
    products.multiplyLeftTransposed(last, dp, dW2, 40, N, 1);

    // dsOut = padₜ(dlast, 2..3 of 3)[n, t → t, n]                   Wide.nn:6
    for (int t = 0; t < 3; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = 0; k < 40; k++) {
          dsOut[(t * N + n) * 40 + k] = t >= 2 && t < 3 ? dlast[(n + t - 2) * 40 + k] : 0;
        }
      }
    }

    // rnn, backwards, one time step after another                   Wide.nn:6
    packedUT.setTransposed(U, 40, 40);
    for (int t = 2; t >= 0; t--) {
      if (t == 2) {
        // dsNext = 0                                                    recurrent.nn:16
        Arrays.fill(dsNext, 0, N * 40, 0f);
      } else {
        // dsNext = dsPrev[t + 1]                                        recurrent.nn:16
        System.arraycopy(dsPrev, (t + 1) * N * 40, dsNext, 0, N * 40);
      }

      // dz_s = (dsNext + dsOut) ⊙ (1 − s²)                            recurrent.nn:16
      for (int i = 0; i < N * 40; i++) {
        dz_s[t * N * 40 + i] =
            (dsNext[i] + dsOut[t * N * 40 + i]) * (1 - square(s[t * N * 40 + i]));
      }

      // dsPrev = dz_s · Uᵀ                                            recurrent.nn:16
      products.multiply(dz_s, t * N * 40, packedUT, dsPrev, t * N * 40, N);
    }

    // db1 = Σₜₙ dz_s                                                recurrent.nn:16
    Arrays.fill(db1, 0f);
    for (int t = 0; t < 3; t++) {
      for (int n = 0; n < N; n++) {
        for (int k = VECTORS ? Vectors.db1(this, N, t, n) : 0; k < 40; k++) {
          db1[k] += dz_s[(t * N + n) * 40 + k];
        }
      }
    }

    // dU = sPrevᵀ · dz_s                                            recurrent.nn:16
    products.multiplyLeftTransposed(sPrev, dz_s, dU, 40, N * 3, 40);

    // dW1 = x_tᵀ · dz_s                                             recurrent.nn:16
    products.multiplyLeftTransposed(x_t, dz_s, dW1, 2, N * 3, 40);
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
    for (int i = 0; i < 80; i++) {
      W1[i] = -0.37796447f + 0.75592893f * W1[i];
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
      W2[j] = -0.38254604f + 0.7650921f * W2[j];
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
    x_t = reals(3, BATCH, 2);
    x_tW1 = reals(3, BATCH, 40);
    sPrev = reals(3, BATCH, 40);
    lastW2 = reals(BATCH, 1);
    p = reals(BATCH, 1);
    dp = reals(BATCH, 1);
    dlast = reals(BATCH, 40);
    dsOut = reals(3, BATCH, 40);

    // What is never needed at the same time shares an array.
    s = x_tW1;
    sPrevU = dsOut;
    last = dsOut;
    dsPrev = x_tW1;
    dz_s = dsOut;
    dsNext = dlast;

    value("x_t", x_t, "x[n, t → t, n]", "Wide.nn:6", 3, BATCH, 2);
    value("s", s, "tanh(x_tW1 + sPrevU + b1)", "recurrent.nn:16", 3, BATCH, 40);
    value("sPrev", sPrev, "s[t − 1]", "recurrent.nn:16", 3, BATCH, 40);
    value("last", last, "s[t, n → n, t][.., 2]", "Wide.nn:7", BATCH, 1, 40);
    value("lastW2", lastW2, "last · W2", "Wide.nn:7", BATCH, 1);
    value("p", p, "lastW2 + b2", "Wide.nn:7", BATCH, 1);
    value("loss", () -> loss, "(Σₙ (p − y)²) / N", "Wide.nn:9");
    output("p", p, BATCH, 1);
  }

  /**
   * Loops along rows, a vector of neighbours at a time: the same statements in the same order,
   * and so the same bits. Each returns where it ended, and the loop itself does the rest;
   * without the JDK's Vector API it does everything, and this class is never loaded.
   * {@code javac} wants {@code --add-modules jdk.incubator.vector} for it.
   */
  private static final class Vectors {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private static final int LANES = SPECIES.length();

    static int s(Wide model, int N, int t, int n) {
      int k = 0;
      for (; k <= 40 - LANES; k += LANES) {
        fromArray(SPECIES, model.x_tW1, (t * N + n) * 40 + k)
            .add(fromArray(SPECIES, model.sPrevU, n * 40 + k)).add(fromArray(SPECIES, model.b1, k))
            .intoArray(model.s, (t * N + n) * 40 + k);
      }
      return k;
    }

    static int db1(Wide model, int N, int t, int n) {
      int k = 0;
      for (; k <= 40 - LANES; k += LANES) {
        fromArray(SPECIES, model.db1, k).add(fromArray(SPECIES, model.dz_s, (t * N + n) * 40 + k))
            .intoArray(model.db1, k);
      }
      return k;
    }
  }
}
