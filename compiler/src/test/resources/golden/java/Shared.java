import static dev.peephole.runtime.kernel.MatrixNotation.matrix;
import static dev.peephole.runtime.kernel.MatrixNotation.orthonormalize;
import static dev.peephole.runtime.kernel.Real.abs;
import static dev.peephole.runtime.kernel.Real.max;
import static dev.peephole.runtime.kernel.Real.signum;
import static dev.peephole.runtime.kernel.Real.square;

import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.Parameter;
import dev.peephole.runtime.Share;
import dev.peephole.runtime.kernel.MatrixProduct;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.kernel.Philox;
import java.util.Arrays;

/**
 * <p>Compiled by {@code nnc} from {@code Shared.nn} in the fast style. Above each step
 * stands its equation, with the line of the model that it comes from.
 */
public final class Shared extends ArrayModel<float[]> {
  private static final float momentum = 0.9f;
  private static final float rate = 0.05f;
  private static final float within = 1f;
  private static final float delta = 1f;
  private static final float low = 0.9f;
  private static final float high = 1.1f;
  private final MatrixProduct products = new MatrixProduct();
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
  /** [N] max_int = maxₖ(int)    Shared.nn:26 */
  private float[] max_int;
  /** [N] far2 = (d if d < within else within) ⊙ class + max_int    Shared.nn:26 */
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
  /** [N] ∂loss / ∂far2 */
  private float[] dfar2;
  /** [N, 2, 1] transposedreturn_ = transposeᵀ ·ₙ reshape(dreturn_, [N, 6, 1])    Shared.nn:29 */
  private float[] transposedreturn_;
  /** [N] quotient = dfar2 / (Σₖ (1 if int = max_int else 0))    Shared.nn:26 */
  private float[] quotient;
  /** [N] scaled = 2 · (dfar2 ⊙ class if d < within else 0)    Shared.nn:6 */
  private float[] scaled;
  /** [N, 4] ∂loss / ∂int */
  private float[] dint;
  /** [N, 4] ∂loss / ∂do */
  private float[] ddo;
  /** [N, 4] where = 0 if z2 > 0 else dinner2    Shared.nn:13 */
  private float[] where;
  /** [N, 4] ∂loss / ∂z2 */
  private float[] dz2;
  /** [5, 4] slice4dz2 = slice4ᵀ · dz2    Shared.nn:13 */
  private final float[] slice4dz2 = new float[5 * 4];
  /** [N, 4] ∂loss / ∂inner1 */
  private float[] dinner1;
  /** [N, 4] where2 = 0 if z1 > 0 else dinner1    Shared.nn:13 */
  private float[] where2;
  /** [N, 4] ∂loss / ∂z1 */
  private float[] dz1;
  /** [5, 4] slice2dz1 = slice2ᵀ · dz1    Shared.nn:13 */
  private final float[] slice2dz1 = new float[5 * 4];

  public Shared() {
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
    products.multiply(slice2, W, slice2W, N, 5, 4);

    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        // z1 = slice2W + b                                              Shared.nn:13
        z1[n * 4 + k] = slice2W[n * 4 + k] + b[k];
        // inner1 = z1 if z1 > 0 else a1 · z1                            Shared.nn:13
        inner1[n * 4 + k] = z1[n * 4 + k] > 0 ? z1[n * 4 + k] : a1[0] * z1[n * 4 + k];
        // int = inner1 ⊙ scale_encode                                   Shared.nn:14
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
    products.multiply(slice4, W, slice4W, N, 5, 4);

    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        // z2 = slice4W + b                                              Shared.nn:13
        z2[n * 4 + k] = slice4W[n * 4 + k] + b[k];
        // inner2 = z2 if z2 > 0 else a1 · z2                            Shared.nn:13
        inner2[n * 4 + k] = z2[n * 4 + k] > 0 ? z2[n * 4 + k] : a1[0] * z2[n * 4 + k];
        // do = inner2 ⊙ scale_encode                                    Shared.nn:14
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

    // max_int = maxₖ(int)                                           Shared.nn:26
    for (int n = 0; n < N; n++) {
      float greatest = Float.NEGATIVE_INFINITY;
      for (int k = 0; k < 4; k++) {
        greatest = max(greatest, int_[n * 4 + k]);
      }
      max_int[n] = greatest;
    }

    // far2 = (d if d < within else within) ⊙ class + max_int        Shared.nn:26
    for (int n = 0; n < N; n++) {
      far2[n] = (d[n] < within ? d[n] : within) * class_[n] + max_int[n];
    }

    // transpose = xᵀ                                                Shared.nn:29
    for (int n = 0; n < N; n++) {
      for (int j = 0; j < 6; j++) {
        for (int k = 0; k < 2; k++) {
          transpose[(n * 6 + j) * 2 + k] = x[(n * 2 + k) * 6 + j];
        }
      }
    }

    for (int n = 0; n < N; n++) {
      // concat = [int[.., 0..1], do[.., 3..4]]                        Shared.nn:29
      concat[n * 2] = int_[n * 4];
      concat[n * 2 + 1] = do_[n * 4 + 3];
    }

    // return_ = transpose ·ₙ reshape(concat, [N, 2, 1])             Shared.nn:29
    for (int n = 0; n < N; n++) {
      products.multiply(transpose, n * 12, concat, n * 2, return_, n * 6, 6, 2, 1);
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
    for (int i = 0; i < N * 6; i++) {
      dreturn_[i] = 0.033333335f / N * return_[i];
    }

    // dfar2 = ((0 if a2 ≤ delta else 1 / N)
    //     + (1 / N if a2 ≤ delta else 0) ⊙ a2) ⊙ sign(far2 − new)    Shared.nn:30
    for (int n = 0; n < N; n++) {
      dfar2[n] = ((a2[n] <= delta ? 0 : 1f / N) + (a2[n] <= delta ? 1f / N : 0) * a2[n])
          * signum(far2[n] - new_[n]);
    }

    // transposedreturn_ = transposeᵀ ·ₙ reshape(dreturn_, [N, 6, 1])    Shared.nn:29
    for (int n = 0; n < N; n++) {
      products.multiplyLeftTransposed(transpose, n * 12, dreturn_, n * 6, transposedreturn_, n * 2,
          2, 6, 1);
    }

    // quotient = dfar2 / (Σₖ (1 if int = max_int else 0))           Shared.nn:26
    for (int n = 0; n < N; n++) {
      float sum = 0f;
      for (int k = 0; k < 4; k++) {
        sum += int_[n * 4 + k] == max_int[n] ? 1 : 0;
      }
      quotient[n] = dfar2[n] / sum;
    }

    // scaled = 2 · (dfar2 ⊙ class if d < within else 0)             Shared.nn:6
    for (int n = 0; n < N; n++) {
      scaled[n] = 2 * (d[n] < within ? dfar2[n] * class_[n] : 0);
    }

    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        // scaled2 = scaled ⊙ (int − do)                                 Shared.nn:6
        float scaled2 = scaled[n] * (int_[n * 4 + k] - do_[n * 4 + k]);
        // dint = padₖ(transposedreturn_[.., .., 0][.., 0], 0..1 of 4)
        //     + (quotient if int = max_int else 0) + scaled2            Shared.nn:6
        dint[n * 4 + k] = (k < 1 ? transposedreturn_[n * 2 + k] : 0)
            + (int_[n * 4 + k] == max_int[n] ? quotient[n] : 0) + scaled2;
        // ddo = padₖ(transposedreturn_[.., .., 0][.., 1], 3..4 of 4) − scaled2    Shared.nn:6
        ddo[n * 4 + k] = (k >= 3 && k < 4 ? transposedreturn_[n * 2 + k - 2] : 0) - scaled2;
        // dinner2 = ddo ⊙ scale_encode                                  Shared.nn:14
        float dinner2 = ddo[n * 4 + k] * scale_encode[k];
        // where = 0 if z2 > 0 else dinner2                              Shared.nn:13
        where[n * 4 + k] = z2[n * 4 + k] > 0 ? 0 : dinner2;
        // dz2 = (dinner2 if z2 > 0 else 0) + a1 · where                 Shared.nn:13
        dz2[n * 4 + k] = (z2[n * 4 + k] > 0 ? dinner2 : 0) + a1[0] * where[n * 4 + k];
      }
    }

    // slice4dz2 = slice4ᵀ · dz2                                     Shared.nn:13
    products.multiplyLeftTransposed(slice4, dz2, slice4dz2, 5, N, 4);

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

    for (int i = 0; i < N * 4; i++) {
      // where2 = 0 if z1 > 0 else dinner1                             Shared.nn:13
      where2[i] = z1[i] > 0 ? 0 : dinner1[i];
      // dz1 = (dinner1 if z1 > 0 else 0) + a1 · where2                Shared.nn:13
      dz1[i] = (z1[i] > 0 ? dinner1[i] : 0) + a1[0] * where2[i];
    }

    // da1 = Σₙₖ (where ⊙ z2 + where2 ⊙ z1)                          Shared.nn:13
    da1[0] = 0f;
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 4; k++) {
        da1[0] += where[n * 4 + k] * z2[n * 4 + k] + where2[n * 4 + k] * z1[n * 4 + k];
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
    products.multiplyLeftTransposed(slice2, dz1, slice2dz1, 5, N, 4);

    // dW = slice4dz2 + slice2dz1                                    Shared.nn:13
    for (int i = 0; i < 20; i++) {
      dW[i] = slice4dz2[i] + slice2dz1[i];
    }
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
    slice2 = reals(BATCH, 5);
    z1 = reals(BATCH, 4);
    inner1 = reals(BATCH, 4);
    int_ = reals(BATCH, 4);
    slice4 = reals(BATCH, 5);
    z2 = reals(BATCH, 4);
    inner2 = reals(BATCH, 4);
    do_ = reals(BATCH, 4);
    d = reals(BATCH);
    max_int = reals(BATCH);
    far2 = reals(BATCH);
    transpose = reals(BATCH, 6, 2);
    return_ = reals(BATCH, 6, 1);
    dreturn_ = reals(BATCH, 6);
    dfar2 = reals(BATCH);
    transposedreturn_ = reals(BATCH, 2, 1);
    quotient = reals(BATCH);

    // What is never needed at the same time shares an array.
    slice = transpose;
    slice2W = slice4;
    slice3 = transpose;
    slice4W = dreturn_;
    concat = dreturn_;
    a2 = transposedreturn_;
    total = dreturn_;
    scaled = d;
    dint = int_;
    ddo = do_;
    where = dreturn_;
    dz2 = transpose;
    dinner1 = slice4;
    where2 = inner1;
    dz1 = int_;

    value("slice2", slice2, "slice[.., .., 1..6]", "Shared.nn:23", BATCH, 5);
    value("z1", z1, "slice2W + b", "Shared.nn:13", BATCH, 4);
    value("inner1", inner1, "z1 if z1 > 0 else a1 · z1", "Shared.nn:13", BATCH, 4);
    value("int", int_, "inner1 ⊙ scale_encode", "Shared.nn:14", BATCH, 4);
    value("slice4", slice4, "slice3[.., .., 0..5]", "Shared.nn:24", BATCH, 5);
    value("z2", z2, "slice4W + b", "Shared.nn:13", BATCH, 4);
    value("inner2", inner2, "z2 if z2 > 0 else a1 · z2", "Shared.nn:13", BATCH, 4);
    value("do", do_, "inner2 ⊙ scale_encode", "Shared.nn:14", BATCH, 4);
    value("d", d, "Σₖ (int − do)²", "Shared.nn:6", BATCH);
    value("max_int", max_int, "maxₖ(int)", "Shared.nn:26", BATCH);
    value("far2", far2, "(d if d < within else within) ⊙ class + max_int", "Shared.nn:26", BATCH);
    value("transpose", transpose, "xᵀ", "Shared.nn:29", BATCH, 6, 2);
    value("return_", return_, "transpose ·ₙ reshape(concat, [N, 2, 1])", "Shared.nn:29",
        BATCH, 6, 1);
    value("a2", a2, "|far2 − new|", "Shared.nn:30", BATCH);
    value("total", total, "Σₖ return_[.., .., 0]²", "Shared.nn:30", BATCH);
    value("loss", () -> loss,
        "(Σₙ ((0.5 · a2² if a2 ≤ delta else (a2 − 0.5)) + 0.1 · total / 6)) / N", "Shared.nn:30");
    output("far2", far2, BATCH);
    output("return_", return_, BATCH, 6);
  }
}
