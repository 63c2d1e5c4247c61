import static dev.peephole.runtime.kernel.MatrixNotation.matrix;
import static dev.peephole.runtime.kernel.MatrixNotation.multiply;
import static dev.peephole.runtime.kernel.MatrixNotation.orthonormalize;
import static dev.peephole.runtime.kernel.MatrixNotation.transposed;
import static dev.peephole.runtime.kernel.Real.abs;
import static dev.peephole.runtime.kernel.Real.max;
import static dev.peephole.runtime.kernel.Real.signum;
import static dev.peephole.runtime.kernel.Real.square;

import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.Parameter;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;

/**
 * <p>Compiled by {@code nnc} from {@code Shared.nn} in the textbook style. Above each step
 * stands its equation, with the line of the model that it comes from.
 */
public final class SharedTextbook extends ArrayModel<float[]> {
  private static final float momentum = 0.9f;
  private static final float rate = 0.05f;
  private static final float within = 1f;
  private static final float delta = 1f;
  private static final float low = 0.9f;
  private static final float high = 1.1f;
  /** encode.scale: [4], at first uniform(low: 0.9, high: 1.1) */
  private final float[] scale_encode = new float[4];
  /** ∂loss / ∂scale_encode */
  private final float[] dscale_encode = new float[4];
  /** encode.dense.W: [5, 4], at first orthogonal */
  private final float[] W = new float[5 * 4];
  /** ∂loss / ∂W */
  private final float[] dW = new float[5 * 4];
  /** encode.dense.b: [4], at first 0 */
  private final float[] b = new float[4];
  /** ∂loss / ∂b */
  private final float[] db = new float[4];
  /** encode.prelu.a: [], at first 0.25 */
  private final float[] a1 = new float[1];
  /** ∂loss / ∂a1 */
  private final float[] da1 = new float[1];
  /** [N, 2, 6] input */
  private float[] x;
  /** [N] input */
  private float[] class_;
  /** [N] target */
  private float[] new_;
  /** [N, 1, 6] slice = x[.., 0]    Shared.nn:23 */
  private float[] slice;
  /** [N, 5] slice2 = slice[.., .., 1..6]    Shared.nn:23 */
  private float[] slice2;
  /** [N, 4] slice2W = slice2 · W    Shared.nn:13 */
  private float[] slice2W;
  /** [N, 4] z1 = slice2W + b    Shared.nn:13 */
  private float[] z1;
  /** [N, 4] inner1 = z1 if z1 > 0 else a1 · z1    Shared.nn:13 */
  private float[] inner1;
  /** [N, 4] int = inner1 ⊙ scale_encode    Shared.nn:14 */
  private float[] int_;
  /** [N, 1, 6] slice3 = x[.., 1]    Shared.nn:24 */
  private float[] slice3;
  /** [N, 5] slice4 = slice3[.., .., 0..5]    Shared.nn:24 */
  private float[] slice4;
  /** [N, 4] slice4W = slice4 · W    Shared.nn:13 */
  private float[] slice4W;
  /** [N, 4] z2 = slice4W + b    Shared.nn:13 */
  private float[] z2;
  /** [N, 4] inner2 = z2 if z2 > 0 else a1 · z2    Shared.nn:13 */
  private float[] inner2;
  /** [N, 4] do = inner2 ⊙ scale_encode    Shared.nn:14 */
  private float[] do_;
  /** [N] d = Σₖ (int − do)²    Shared.nn:6 */
  private float[] d;
  /** [N] far = d if d < within else within    Shared.nn:7 */
  private float[] far;
  /** [N] max_int = maxₖ(int)    Shared.nn:26 */
  private float[] max_int;
  /** [N] far2 = far ⊙ class + max_int    Shared.nn:26 */
  private float[] far2;
  /** [N, 6, 2] transpose = xᵀ    Shared.nn:29 */
  private float[] transpose;
  /** [N, 2] concat = [int[.., 0..1], do[.., 3..4]]    Shared.nn:29 */
  private float[] concat;
  /** [N, 6, 1] return_ = transpose ·ₙ reshape(concat, [N, 2, 1])    Shared.nn:29 */
  private float[] return_;
  /** [N] a2 = |far2 − new|    Shared.nn:30 */
  private float[] a2;
  /** [N] total = Σₖ return_[.., .., 0]²    Shared.nn:30 */
  private float[] total;

  /**
   * loss = (Σₙ ((0.5 · a2² if a2 ≤ delta else (a2 − 0.5))
   *     + 0.1 · total / 6)) / N    Shared.nn:30
   */
  private float loss;
  /** [N, 6] dreturn_ = 2 · 0.1 / 6 / N · return_[.., .., 0]    Shared.nn:30 */
  private float[] dreturn_;
  /** [N] ∂loss / ∂a2 */
  private float[] da2;
  /** [N] ∂loss / ∂far2 */
  private float[] dfar2;
  /** [N, 2, 1] transposedreturn_ = transposeᵀ ·ₙ reshape(dreturn_, [N, 6, 1])    Shared.nn:29 */
  private float[] transposedreturn_;
  /** [N] total2 = Σₖ (1 if int = max_int else 0)    Shared.nn:26 */
  private float[] total2;
  /** [N] ∂loss / ∂far */
  private float[] dfar;
  /** [N] ∂loss / ∂d */
  private float[] dd;
  /** [N, 4] ∂loss / ∂int */
  private float[] dint;
  /** [N, 4] ∂loss / ∂do */
  private float[] ddo;
  /** [N, 4] ∂loss / ∂inner2 */
  private float[] dinner2;
  /** [N, 4] ∂loss / ∂z2 */
  private float[] dz2;
  /** [5, 4] slice4dz2 = slice4ᵀ · dz2    Shared.nn:13 */
  private final float[] slice4dz2 = new float[5 * 4];
  /** [N, 4] ∂loss / ∂inner1 */
  private float[] dinner1;
  /** [N, 4] ∂loss / ∂z1 */
  private float[] dz1;
  /** [5, 4] slice2dz1 = slice2ᵀ · dz1    Shared.nn:13 */
  private final float[] slice2dz1 = new float[5 * 4];

  public SharedTextbook() {
    super("Shared", float[]::new);
  }

  /** What the outputs need, and training too. */
  private void forward(int N) {
    // slice = x[.., 0]                                              Shared.nn:23
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 6; k++) {
        slice[n * 6 + k] = x[n * 2 * 6 + k];
      }
    }

    // slice2 = slice[.., .., 1..6]                                  Shared.nn:23
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 5; k++) {
        slice2[n * 5 + k] = slice[n * 6 + k + 1];
      }
    }

    // slice2W = slice2 · W                                          Shared.nn:13
    multiply(matrix(slice2, N, 5), matrix(W, 5, 4), matrix(slice2W, N, 4));

    // z1 = slice2W + b                                              Shared.nn:13
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        z1[n * 4 + k] = slice2W[n * 4 + k] + b[k];
      }
    }

    // inner1 = z1 if z1 > 0 else a1 · z1                            Shared.nn:13
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        inner1[n * 4 + k] = z1[n * 4 + k] > 0 ? z1[n * 4 + k] : a1[0] * z1[n * 4 + k];
      }
    }

    // int = inner1 ⊙ scale_encode                                   Shared.nn:14
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        int_[n * 4 + k] = inner1[n * 4 + k] * scale_encode[k];
      }
    }

    // slice3 = x[.., 1]                                             Shared.nn:24
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 6; k++) {
        slice3[n * 6 + k] = x[(n * 2 + 1) * 6 + k];
      }
    }

    // slice4 = slice3[.., .., 0..5]                                 Shared.nn:24
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 5; k++) {
        slice4[n * 5 + k] = slice3[n * 6 + k];
      }
    }

    // slice4W = slice4 · W                                          Shared.nn:13
    multiply(matrix(slice4, N, 5), matrix(W, 5, 4), matrix(slice4W, N, 4));

    // z2 = slice4W + b                                              Shared.nn:13
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        z2[n * 4 + k] = slice4W[n * 4 + k] + b[k];
      }
    }

    // inner2 = z2 if z2 > 0 else a1 · z2                            Shared.nn:13
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        inner2[n * 4 + k] = z2[n * 4 + k] > 0 ? z2[n * 4 + k] : a1[0] * z2[n * 4 + k];
      }
    }

    // do = inner2 ⊙ scale_encode                                    Shared.nn:14
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        do_[n * 4 + k] = inner2[n * 4 + k] * scale_encode[k];
      }
    }

    // d = Σₖ (int − do)²                                            Shared.nn:6
    for (int n = 0; n < N; n++) {
      float sum = 0f;
      for (int k = 0; k < 4; k++) {
        sum += square(int_[n * 4 + k] - do_[n * 4 + k]);
      }
      d[n] = sum;
    }

    // far = d if d < within else within                             Shared.nn:7
    for (int n = 0; n < N; n++) {
      far[n] = d[n] < within ? d[n] : within;
    }

    // max_int = maxₖ(int)                                           Shared.nn:26
    for (int n = 0; n < N; n++) {
      float greatest = Float.NEGATIVE_INFINITY;
      for (int k = 0; k < 4; k++) {
        greatest = max(greatest, int_[n * 4 + k]);
      }
      max_int[n] = greatest;
    }

    // far2 = far ⊙ class + max_int                                  Shared.nn:26
    for (int n = 0; n < N; n++) {
      far2[n] = far[n] * class_[n] + max_int[n];
    }

    // transpose = xᵀ                                                Shared.nn:29
    for (int n = 0; n < N; n++) {
      for (int j = 0; j < 6; j++) {
        for (int k = 0; k < 2; k++) {
          transpose[(n * 6 + j) * 2 + k] = x[(n * 2 + k) * 6 + j];
        }
      }
    }

    // concat = [int[.., 0..1], do[.., 3..4]]                        Shared.nn:29
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 2; k++) {
        concat[n * 2 + k] = k < 1 ? int_[n * 4 + k] : do_[n * 4 + k + 2];
      }
    }

    // return_ = transpose ·ₙ reshape(concat, [N, 2, 1])             Shared.nn:29
    for (int n = 0; n < N; n++) {
      multiply(matrix(transpose, n, 6, 2), matrix(concat, n, 2, 1), matrix(return_, n, 6, 1));
    }
  }

  @Override
  public void predict(int N) {
    forward(N);
  }

  @Override
  public double loss(int N) {
    forward(N);

    // a2 = |far2 − new|                                             Shared.nn:30
    for (int n = 0; n < N; n++) {
      a2[n] = abs(far2[n] - new_[n]);
    }

    // total = Σₖ return_[.., .., 0]²                                Shared.nn:30
    for (int n = 0; n < N; n++) {
      float sum = 0f;
      for (int k = 0; k < 6; k++) {
        sum += square(return_[n * 6 + k]);
      }
      total[n] = sum;
    }

    // loss = (Σₙ ((0.5 · a2² if a2 ≤ delta else (a2 − 0.5))
    //     + 0.1 · total / 6)) / N                                   Shared.nn:30
    loss = 0f;
    for (int n = 0; n < N; n++) {
      loss += (a2[n] <= delta ? 0.5f * square(a2[n]) : a2[n] - 0.5f) + 0.1f * (total[n] / 6);
    }
    loss = loss / N;
    return loss;
  }

  @Override
  public void backward(int N) {
    // dreturn_ = 2 · 0.1 / 6 / N · return_[.., .., 0]               Shared.nn:30
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 6; k++) {
        dreturn_[n * 6 + k] = 2 * (0.1f / 6) / N * return_[n * 6 + k];
      }
    }

    // da2 = (0 if a2 ≤ delta else 1 / N) + (1 / N if a2 ≤ delta else 0) ⊙ a2    Shared.nn:30
    for (int n = 0; n < N; n++) {
      da2[n] = (a2[n] <= delta ? 0 : 1f / N) + (a2[n] <= delta ? 1f / N : 0) * a2[n];
    }

    // dfar2 = da2 ⊙ sign(far2 − new)                                Shared.nn:30
    for (int n = 0; n < N; n++) {
      dfar2[n] = da2[n] * signum(far2[n] - new_[n]);
    }

    // transposedreturn_ = transposeᵀ ·ₙ reshape(dreturn_, [N, 6, 1])    Shared.nn:29
    for (int n = 0; n < N; n++) {
      multiply(transposed(matrix(transpose, n, 6, 2)), matrix(dreturn_, n, 6, 1),
          matrix(transposedreturn_, n, 2, 1));
    }

    // total2 = Σₖ (1 if int = max_int else 0)                       Shared.nn:26
    for (int n = 0; n < N; n++) {
      float sum = 0f;
      for (int k = 0; k < 4; k++) {
        sum += int_[n * 4 + k] == max_int[n] ? 1 : 0;
      }
      total2[n] = sum;
    }

    // dfar = dfar2 ⊙ class                                          Shared.nn:26
    for (int n = 0; n < N; n++) {
      dfar[n] = dfar2[n] * class_[n];
    }

    // dd = dfar if d < within else 0                                Shared.nn:7
    for (int n = 0; n < N; n++) {
      dd[n] = d[n] < within ? dfar[n] : 0;
    }

    // dint = padₖ(transposedreturn_[.., .., 0][.., 0], 0..1 of 4)
    //     + (dfar2 / total2 if int = max_int else 0) + 2 · dd ⊙ (int − do)    Shared.nn:6
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        dint[n * 4 + k] = (k < 1 ? transposedreturn_[n * 2 + k] : 0)
            + (int_[n * 4 + k] == max_int[n] ? dfar2[n] / total2[n] : 0)
            + 2 * dd[n] * (int_[n * 4 + k] - do_[n * 4 + k]);
      }
    }

    // ddo = padₖ(transposedreturn_[.., .., 0][.., 1], 3..4 of 4)
    //     − 2 · dd ⊙ (int − do)                                     Shared.nn:6
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        ddo[n * 4 + k] = (k >= 3 && k < 4 ? transposedreturn_[n * 2 + k - 2] : 0)
            - 2 * dd[n] * (int_[n * 4 + k] - do_[n * 4 + k]);
      }
    }

    // dinner2 = ddo ⊙ scale_encode                                  Shared.nn:14
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        dinner2[n * 4 + k] = ddo[n * 4 + k] * scale_encode[k];
      }
    }

    // dz2 = (dinner2 if z2 > 0 else 0) + a1 · (0 if z2 > 0 else dinner2)    Shared.nn:13
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        dz2[n * 4 + k] = (z2[n * 4 + k] > 0 ? dinner2[n * 4 + k] : 0)
            + a1[0] * (z2[n * 4 + k] > 0 ? 0 : dinner2[n * 4 + k]);
      }
    }

    // slice4dz2 = slice4ᵀ · dz2                                     Shared.nn:13
    multiply(transposed(matrix(slice4, N, 5)), matrix(dz2, N, 4), matrix(slice4dz2, 5, 4));

    // dinner1 = dint ⊙ scale_encode                                 Shared.nn:14
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        dinner1[n * 4 + k] = dint[n * 4 + k] * scale_encode[k];
      }
    }

    // dscale_encode = Σₙ (ddo ⊙ inner2 + dint ⊙ inner1)             Shared.nn:14
    Arrays.fill(dscale_encode, 0f);
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        dscale_encode[k] += ddo[n * 4 + k] * inner2[n * 4 + k]
            + dint[n * 4 + k] * inner1[n * 4 + k];
      }
    }

    // dz1 = (dinner1 if z1 > 0 else 0) + a1 · (0 if z1 > 0 else dinner1)    Shared.nn:13
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        dz1[n * 4 + k] = (z1[n * 4 + k] > 0 ? dinner1[n * 4 + k] : 0)
            + a1[0] * (z1[n * 4 + k] > 0 ? 0 : dinner1[n * 4 + k]);
      }
    }

    // da1 = Σₙₖ ((0 if z2 > 0 else dinner2) ⊙ z2
    //     + (0 if z1 > 0 else dinner1) ⊙ z1)                        Shared.nn:13
    da1[0] = 0f;
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        da1[0] += (z2[n * 4 + k] > 0 ? 0 : dinner2[n * 4 + k]) * z2[n * 4 + k]
            + (z1[n * 4 + k] > 0 ? 0 : dinner1[n * 4 + k]) * z1[n * 4 + k];
      }
    }

    // db = Σₙ (dz2 + dz1)                                           Shared.nn:13
    Arrays.fill(db, 0f);
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        db[k] += dz2[n * 4 + k] + dz1[n * 4 + k];
      }
    }

    // slice2dz1 = slice2ᵀ · dz1                                     Shared.nn:13
    multiply(transposed(matrix(slice2, N, 5)), matrix(dz1, N, 4), matrix(slice2dz1, 5, 4));

    // dW = slice4dz2 + slice2dz1                                    Shared.nn:13
    for (int j = 0; j < 5; j++) {
      for (int k = 0; k < 4; k++) {
        dW[j * 4 + k] = slice4dz2[j * 4 + k] + slice2dz1[j * 4 + k];
      }
    }
  }

  @Override
  public void update(Moment now) {
    for (Parameter<float[]> each : trained()) {
      sgd(each.value(), each.gradient(), each.state("v"));
    }
  }

  /**
   * Stochastic gradient descent (Robbins & Monro, 1951) with momentum (Polyak, 1964), looking ahead
   * if asked for (Nesterov, 1983, in the form of Sutskever et al., 2013), and with a decay of weights
   * that is no part of the gradient (Loshchilov & Hutter, 2019).
   */
  private static void sgd(float[] parameter, float[] gradient, float[] v) {
    for (int i = 0; i < parameter.length; i++) {
      // v ← momentum · v + gradient                                   Shared.nn:36
      v[i] = momentum * v[i] + gradient[i];
      // parameter ← parameter − rate · (gradient + momentum · v)      Shared.nn:36
      parameter[i] = parameter[i] - rate * (gradient[i] + momentum * v[i]);
    }
  }

  @Override
  public void initialize(long seed) {
    // scale_encode = U(0, 1)                                        Shared.nn:12
    new Philox(seed, 0).uniform(scale_encode);
    // scale_encode ← low + (high − low) · scale_encode              Shared.nn:12
    for (int k = 0; k < 4; k++) {
      scale_encode[k] = low + (high - low) * scale_encode[k];
    }

    // W = N(0, 1)                                                   Shared.nn:13
    new Philox(seed, 1).normal(W);
    // W ← orthonormal(W)                                            Shared.nn:13
    orthonormalize(matrix(W, 5, 4));

    // b = 0                                                         Shared.nn:13
    Arrays.fill(b, 0f);

    // a1 = 0.25                                                     Shared.nn:13
    a1[0] = 0.25f;

    forget();
  }

  @Override
  protected void declare() {
    parameter("encode.scale", scale_encode, dscale_encode, 4);
    parameter("encode.dense.W", W, dW, 5, 4);
    parameter("encode.dense.b", b, db, 4);
    parameter("encode.prelu.a", a1, da1);
    remember("v", 0);
  }

  @Override
  protected void buffers() {
    x = input("x", BATCH, 2, 6);
    class_ = input("class", BATCH);
    new_ = target("new", BATCH);
    slice = value("slice", "x[.., 0]", "Shared.nn:23", BATCH, 1, 6);
    slice2 = value("slice2", "slice[.., .., 1..6]", "Shared.nn:23", BATCH, 5);
    slice2W = value("slice2W", "slice2 · W", "Shared.nn:13", BATCH, 4);
    z1 = value("z1", "slice2W + b", "Shared.nn:13", BATCH, 4);
    inner1 = value("inner1", "z1 if z1 > 0 else a1 · z1", "Shared.nn:13", BATCH, 4);
    int_ = value("int", "inner1 ⊙ scale_encode", "Shared.nn:14", BATCH, 4);
    slice3 = value("slice3", "x[.., 1]", "Shared.nn:24", BATCH, 1, 6);
    slice4 = value("slice4", "slice3[.., .., 0..5]", "Shared.nn:24", BATCH, 5);
    slice4W = value("slice4W", "slice4 · W", "Shared.nn:13", BATCH, 4);
    z2 = value("z2", "slice4W + b", "Shared.nn:13", BATCH, 4);
    inner2 = value("inner2", "z2 if z2 > 0 else a1 · z2", "Shared.nn:13", BATCH, 4);
    do_ = value("do", "inner2 ⊙ scale_encode", "Shared.nn:14", BATCH, 4);
    d = value("d", "Σₖ (int − do)²", "Shared.nn:6", BATCH);
    far = value("far", "d if d < within else within", "Shared.nn:7", BATCH);
    max_int = value("max_int", "maxₖ(int)", "Shared.nn:26", BATCH);
    far2 = value("far2", "far ⊙ class + max_int", "Shared.nn:26", BATCH);
    transpose = value("transpose", "xᵀ", "Shared.nn:29", BATCH, 6, 2);
    concat = value("concat", "[int[.., 0..1], do[.., 3..4]]", "Shared.nn:29", BATCH, 2);
    return_ = value("return_", "transpose ·ₙ reshape(concat, [N, 2, 1])", "Shared.nn:29",
        BATCH, 6, 1);
    a2 = value("a2", "|far2 − new|", "Shared.nn:30", BATCH);
    total = value("total", "Σₖ return_[.., .., 0]²", "Shared.nn:30", BATCH);
    value("loss", () -> loss,
        "(Σₙ ((0.5 · a2² if a2 ≤ delta else (a2 − 0.5)) + 0.1 · total / 6)) / N", "Shared.nn:30");
    dreturn_ = reals(BATCH, 6);
    da2 = gradient("a2", BATCH);
    dfar2 = gradient("far2", BATCH);
    transposedreturn_ = reals(BATCH, 2, 1);
    total2 = reals(BATCH);
    dfar = gradient("far", BATCH);
    dd = gradient("d", BATCH);
    dint = gradient("int", BATCH, 4);
    ddo = gradient("do", BATCH, 4);
    dinner2 = gradient("inner2", BATCH, 4);
    dz2 = gradient("z2", BATCH, 4);
    dinner1 = gradient("inner1", BATCH, 4);
    dz1 = gradient("z1", BATCH, 4);
    output("far2", far2, BATCH);
    output("return_", return_, BATCH, 6);
  }
}
