import static dev.peephole.runtime.kernel.MatrixNotation.matrix;
import static dev.peephole.runtime.kernel.MatrixNotation.orthonormalize;
import static dev.peephole.runtime.opencl.Grid.groups;
import static dev.peephole.runtime.opencl.Grid.items;
import static dev.peephole.runtime.opencl.Grid.tiles;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.kernel.Philox;
import dev.peephole.runtime.opencl.Buffer;
import dev.peephole.runtime.opencl.Device;
import dev.peephole.runtime.opencl.DeviceModel;
import java.util.Arrays;
import java.util.List;

/**
 * What the output of an LSTM with peepholes should be, step by step.
 *
 * <p>Compiled by {@code nnc} from {@code Spikes.nn} in the fast style. It puts the kernels of {@code
 * Spikes.cl} into a device's queue; above each stands its equation, with the line of the
 * model that it comes from.
 * {@code recurrent.nn} is a file of the library, which {@code nnc std} prints.
 */
public final class Spikes extends DeviceModel {
  /** lstm.W_g: [4, 5], at first glorot_uniform */
  private final Buffer W_g = parameters.add(4 * 5);
  private final Buffer dW_g = gradients.add(4 * 5);
  /** lstm.W_i: [4, 5], at first glorot_uniform */
  private final Buffer W_i = parameters.add(4 * 5);
  private final Buffer dW_i = gradients.add(4 * 5);
  /** lstm.W_o: [4, 5], at first glorot_uniform */
  private final Buffer W_o = parameters.add(4 * 5);
  private final Buffer dW_o = gradients.add(4 * 5);
  /** lstm.W_f: [4, 5], at first glorot_uniform */
  private final Buffer W_f = parameters.add(4 * 5);
  private final Buffer dW_f = gradients.add(4 * 5);
  /** lstm.U_g: [5, 5], at first orthogonal */
  private final Buffer U_g = parameters.add(5 * 5);
  private final Buffer dU_g = gradients.add(5 * 5);
  /** lstm.U_i: [5, 5], at first orthogonal */
  private final Buffer U_i = parameters.add(5 * 5);
  private final Buffer dU_i = gradients.add(5 * 5);
  /** lstm.U_o: [5, 5], at first orthogonal */
  private final Buffer U_o = parameters.add(5 * 5);
  private final Buffer dU_o = gradients.add(5 * 5);
  /** lstm.U_f: [5, 5], at first orthogonal */
  private final Buffer U_f = parameters.add(5 * 5);
  private final Buffer dU_f = gradients.add(5 * 5);
  /** lstm.b_g: [5], at first 0 */
  private final Buffer b_g = parameters.add(5);
  private final Buffer db_g = gradients.add(5);
  /** lstm.b_i: [5], at first 0 */
  private final Buffer b_i = parameters.add(5);
  private final Buffer db_i = gradients.add(5);
  /** lstm.b_o: [5], at first 0 */
  private final Buffer b_o = parameters.add(5);
  private final Buffer db_o = gradients.add(5);
  /** lstm.b_f: [5], at first 1 */
  private final Buffer b_f = parameters.add(5);
  private final Buffer db_f = gradients.add(5);
  /** lstm.p_i: [5], at first 0 */
  private final Buffer p_i = parameters.add(5);
  private final Buffer dp_i = gradients.add(5);
  /** lstm.p_o: [5], at first 0 */
  private final Buffer p_o = parameters.add(5);
  private final Buffer dp_o = gradients.add(5);
  /** lstm.p_f: [5], at first 0 */
  private final Buffer p_f = parameters.add(5);
  private final Buffer dp_f = gradients.add(5);
  private final Buffer x = given(20 * 4).perExample();
  private final Buffer y = given(20 * 5).perExample();
  private final Buffer x_t = reals(20 * 4).perExample();
  private final Buffer W_giof = reals(4 * 20);
  private final Buffer x_tW_giof = reals(20 * 20).perExample();
  private final Buffer U_giof = reals(5 * 20);
  private final Buffer s = reals(20 * 5).perExample();
  private final Buffer c = reals(20 * 5).perExample();
  private final Buffer o = reals(20 * 5).perExample();
  private final Buffer tanh_c = reals(20 * 5).perExample();
  private final Buffer cPrev = reals(20 * 5).perExample();
  private final Buffer f = reals(20 * 5).perExample();
  private final Buffer g = reals(20 * 5).perExample();
  private final Buffer i = reals(20 * 5).perExample();
  private final Buffer sPrev = reals(20 * 5).perExample();
  private final Buffer sPrevU_giof = reals(20).perExample();
  private final Buffer h = reals(20 * 5).perExample();
  private final Buffer loss = reals(1);
  private final Buffer dsOut = reals(20 * 5).perExample();
  private final Buffer dsPrev = reals(20 * 5).perExample();
  private final Buffer dcPrev = reals(20 * 5).perExample();
  private final Buffer dp_o_t = reals(20 * 5).perExample();
  private final Buffer dp_f_t = reals(20 * 5).perExample();
  private final Buffer dp_i_t = reals(20 * 5).perExample();
  private final Buffer dz_giof = reals(20 * 20).perExample();
  private final Buffer dsNext = reals(5).perExample();
  private final Buffer dcNext = reals(5).perExample();
  private final Buffer dU_giof = reals(5 * 20);
  private final Buffer dW_giof = reals(4 * 20);

  public Spikes(Device device) {
    super(device, "Spikes.cl");
  }

  /** What the outputs need, and training too. */
  private void forward(int N) {
    // x_t = x[n, t → t, n]                                          Spikes.nn:5
    run("forward_x_t", items(N * 80), x, x_t, N);

    // W_giof = [W_g, W_i, W_o, W_f]                                 recurrent.nn:45
    run("forward_W_giof", items(20), W_g, W_giof, W_i, W_o, W_f);

    // x_tW_giof = x_t · W_giof                                      recurrent.nn:45
    run("forward_x_tW_giof", items(N * 20 * 20), x_t, W_giof, x_tW_giof, N);

    // U_giof = [U_g, U_i, U_o, U_f]                                 recurrent.nn:45
    run("forward_U_giof", items(25), U_g, U_giof, U_i, U_o, U_f);

    // lstm, one time step after another                             Spikes.nn:5
    for (int t = 0; t < 20; t++) {
      run("forward_sPrev", items(N * 5), sPrev, s, cPrev, c, N, t);

      // sPrevU_giof = sPrev · U_giof                                  recurrent.nn:45
      run("forward_sPrevU_giof", items(N * 20), sPrev, U_giof, sPrevU_giof, N, t);

      // g = tanh(x_tW_giof[.., 0..5] + sPrevU_giof[.., 0..5] + b_g)    recurrent.nn:45
      // i = σ(x_tW_giof[.., 5..10] + sPrevU_giof[.., 5..10] + b_i
      //     + cPrev ⊙ p_i)                                            recurrent.nn:46
      // f = σ(x_tW_giof[.., 15..20] + sPrevU_giof[.., 15..20] + b_f
      //     + cPrev ⊙ p_f)                                            recurrent.nn:48
      // c = i ⊙ g + f ⊙ cPrev                                         recurrent.nn:50
      // o = σ(x_tW_giof[.., 10..15] + sPrevU_giof[.., 10..15] + b_o
      //     + c ⊙ p_o)                                                recurrent.nn:51
      // tanh_c = tanh(c)
      // s = tanh_c ⊙ o                                                recurrent.nn:52
      run("forward_g", items(N * 5), x_tW_giof, sPrevU_giof, b_g, g, b_i, cPrev, p_i, i, b_f, p_f,
          f, c, b_o, p_o, o, tanh_c, s, N, t);
    }

    // h = s[t, n → n, t]                                            Spikes.nn:5
    run("forward_h", items(N * 100), s, h, N);
  }

  @Override
  protected void computeOutputs(int N) {
    forward(N);

    fetch(N, h);
  }

  @Override
  protected Buffer computeLoss(int N) {
    forward(N);

    // loss = (Σₙₜₖ (h − y)²) / (20 · 5 · N)                         Spikes.nn:6
    run("loss_loss", groups(1), h, y, loss, N);
    return loss;
  }

  @Override
  public void backward(int N) {
    // dsOut = (2 / (20 · 5) / N · (h − y))[n, t → t, n]             Spikes.nn:5
    run("backward_dsOut", items(N * 100), h, y, dsOut, N);

    // lstm, backwards, one time step after another                  Spikes.nn:5
    for (int t = 19; t >= 0; t--) {
      run("backward_dsNext", items(N * 5), dsNext, dsPrev, dcNext, dcPrev, N, t);

      // ds = dsNext + dsOut                                           Spikes.nn:5
      // dz_o = ds ⊙ tanh_c ⊙ o ⊙ (1 − o)                              recurrent.nn:51
      // dz_giof = [dz_g, dz_i, dz_o, dz_f]                            recurrent.nn:45
      // dc = dcNext + ds ⊙ o ⊙ (1 − tanh_c²) + dz_o ⊙ p_o
      // dp_o_t = dz_o ⊙ c                                             recurrent.nn:51
      // dz_f = dc ⊙ cPrev ⊙ f ⊙ (1 − f)
      // dp_f_t = dz_f ⊙ cPrev                                         recurrent.nn:48
      // dz_i = dc ⊙ g ⊙ i ⊙ (1 − i)
      // dcPrev = dc ⊙ f + dz_f ⊙ p_f + dz_i ⊙ p_i
      // dp_i_t = dz_i ⊙ cPrev                                         recurrent.nn:46
      // dz_g = dc ⊙ i ⊙ (1 − g²)                                      recurrent.nn:45
      run("backward_dz_giof", items(N * 5), dsNext, dsOut, tanh_c, o, dz_giof, dcNext, p_o, c,
          dp_o_t, cPrev, f, dp_f_t, g, i, p_f, p_i, dcPrev, dp_i_t, N, t);

      // dsPrev = dz_giof · U_giofᵀ                                    recurrent.nn:45
      run("backward_dsPrev", tiles(1, N, 128, 5, 8), dz_giof, U_giof, dsPrev, N, t);
    }

    // dp_o = Σₜₙ dp_o_t                                             recurrent.nn:51
    run("backward_dp_o", groups(1), dp_o_t, dp_o, N);

    // db_o = Σₜₙ dz_giof[.., .., 10..15]                            recurrent.nn:51
    run("backward_db_o", groups(1), dz_giof, db_o, N);

    // dp_f = Σₜₙ dp_f_t                                             recurrent.nn:48
    run("backward_dp_f", groups(1), dp_f_t, dp_f, N);

    // db_f = Σₜₙ dz_giof[.., .., 15..20]                            recurrent.nn:48
    run("backward_db_f", groups(1), dz_giof, db_f, N);

    // dp_i = Σₜₙ dp_i_t                                             recurrent.nn:46
    run("backward_dp_i", groups(1), dp_i_t, dp_i, N);

    // db_i = Σₜₙ dz_giof[.., .., 5..10]                             recurrent.nn:46
    run("backward_db_i", groups(1), dz_giof, db_i, N);

    // db_g = Σₜₙ dz_giof[.., .., 0..5]                              recurrent.nn:45
    run("backward_db_g", groups(1), dz_giof, db_g, N);

    // dU_giof = sPrevᵀ · dz_giof                                    recurrent.nn:45
    run("backward_dU_giof", tiles(1, 5, 16, 20, 32), sPrev, dz_giof, dU_giof, N);

    // dU_g = dU_giof[.., 0..5]                                      recurrent.nn:45
    // dU_i = dU_giof[.., 5..10]                                     recurrent.nn:46
    // dU_o = dU_giof[.., 10..15]                                    recurrent.nn:51
    // dU_f = dU_giof[.., 15..20]                                    recurrent.nn:48
    run("backward_dU_g", items(25), dU_giof, dU_g, dU_i, dU_o, dU_f);

    // dW_giof = x_tᵀ · dz_giof                                      recurrent.nn:45
    run("backward_dW_giof", tiles(1, 4, 16, 20, 32), x_t, dz_giof, dW_giof, N);

    // dW_g = dW_giof[.., 0..5]                                      recurrent.nn:45
    // dW_i = dW_giof[.., 5..10]                                     recurrent.nn:46
    // dW_o = dW_giof[.., 10..15]                                    recurrent.nn:51
    // dW_f = dW_giof[.., 15..20]                                    recurrent.nn:48
    run("backward_dW_g", items(20), dW_giof, dW_g, dW_i, dW_o, dW_f);
  }

  @Override
  public void update(Moment now) {
    throw new UnsupportedOperationException("Spikes.nn has no training plan for Spikes");
  }

  @Override
  protected void draw(long seed) {
    float[] W_g = this.W_g.reals();
    // W_g = U(0, 1)                                                 recurrent.nn:31
    new Philox(seed, 0).uniform(W_g);
    // W_g ← −√(6 / (4 + 5)) + 2 · √(6 / (4 + 5)) · W_g              recurrent.nn:31
    for (int j = 0; j < 4; j++) {
      for (int k = 0; k < 5; k++) {
        W_g[j * 5 + k] = -0.8164966f + 1.6329932f * W_g[j * 5 + k];
      }
    }

    float[] W_i = this.W_i.reals();
    // W_i = U(0, 1)                                                 recurrent.nn:31
    new Philox(seed, 1).uniform(W_i);
    // W_i ← −√(6 / (4 + 5)) + 2 · √(6 / (4 + 5)) · W_i              recurrent.nn:31
    for (int j = 0; j < 4; j++) {
      for (int k = 0; k < 5; k++) {
        W_i[j * 5 + k] = -0.8164966f + 1.6329932f * W_i[j * 5 + k];
      }
    }

    float[] W_o = this.W_o.reals();
    // W_o = U(0, 1)                                                 recurrent.nn:31
    new Philox(seed, 2).uniform(W_o);
    // W_o ← −√(6 / (4 + 5)) + 2 · √(6 / (4 + 5)) · W_o              recurrent.nn:31
    for (int j = 0; j < 4; j++) {
      for (int k = 0; k < 5; k++) {
        W_o[j * 5 + k] = -0.8164966f + 1.6329932f * W_o[j * 5 + k];
      }
    }

    float[] W_f = this.W_f.reals();
    // W_f = U(0, 1)                                                 recurrent.nn:32
    new Philox(seed, 3).uniform(W_f);
    // W_f ← −√(6 / (4 + 5)) + 2 · √(6 / (4 + 5)) · W_f              recurrent.nn:32
    for (int j = 0; j < 4; j++) {
      for (int k = 0; k < 5; k++) {
        W_f[j * 5 + k] = -0.8164966f + 1.6329932f * W_f[j * 5 + k];
      }
    }

    float[] U_g = this.U_g.reals();
    // U_g = N(0, 1)                                                 recurrent.nn:33
    new Philox(seed, 4).normal(U_g);
    // U_g ← orthonormal(U_g)                                        recurrent.nn:33
    orthonormalize(matrix(U_g, 5, 5));

    float[] U_i = this.U_i.reals();
    // U_i = N(0, 1)                                                 recurrent.nn:33
    new Philox(seed, 5).normal(U_i);
    // U_i ← orthonormal(U_i)                                        recurrent.nn:33
    orthonormalize(matrix(U_i, 5, 5));

    float[] U_o = this.U_o.reals();
    // U_o = N(0, 1)                                                 recurrent.nn:33
    new Philox(seed, 6).normal(U_o);
    // U_o ← orthonormal(U_o)                                        recurrent.nn:33
    orthonormalize(matrix(U_o, 5, 5));

    float[] U_f = this.U_f.reals();
    // U_f = N(0, 1)                                                 recurrent.nn:34
    new Philox(seed, 7).normal(U_f);
    // U_f ← orthonormal(U_f)                                        recurrent.nn:34
    orthonormalize(matrix(U_f, 5, 5));

    float[] b_g = this.b_g.reals();
    // b_g = 0                                                       recurrent.nn:35
    Arrays.fill(b_g, 0f);

    float[] b_i = this.b_i.reals();
    // b_i = 0                                                       recurrent.nn:35
    Arrays.fill(b_i, 0f);

    float[] b_o = this.b_o.reals();
    // b_o = 0                                                       recurrent.nn:35
    Arrays.fill(b_o, 0f);

    float[] b_f = this.b_f.reals();
    // b_f = 1                                                       recurrent.nn:36
    Arrays.fill(b_f, 1f);

    float[] p_i = this.p_i.reals();
    // p_i = 0                                                       recurrent.nn:37
    Arrays.fill(p_i, 0f);

    float[] p_o = this.p_o.reals();
    // p_o = 0                                                       recurrent.nn:37
    Arrays.fill(p_o, 0f);

    float[] p_f = this.p_f.reals();
    // p_f = 0                                                       recurrent.nn:38
    Arrays.fill(p_f, 0f);
  }

  @Override
  public String name() {
    return "Spikes";
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(Tensor.of("x", x.reals(), 20, 4));
  }

  @Override
  public List<Tensor> targets() {
    return List.of(Tensor.of("y", y.reals(), 20, 5));
  }

  @Override
  public List<Tensor> outputs() {
    return List.of(Tensor.of("h", h.reals(), 20, 5));
  }

  @Override
  public List<dev.peephole.runtime.Model.Value> values() {
    return List.of();
  }

  @Override
  public List<Tensor> parameters() {
    return List.of(
        Tensor.of("lstm.W_g", W_g.reals(), 4, 5),
        Tensor.of("lstm.W_i", W_i.reals(), 4, 5),
        Tensor.of("lstm.W_o", W_o.reals(), 4, 5),
        Tensor.of("lstm.W_f", W_f.reals(), 4, 5),
        Tensor.of("lstm.U_g", U_g.reals(), 5, 5),
        Tensor.of("lstm.U_i", U_i.reals(), 5, 5),
        Tensor.of("lstm.U_o", U_o.reals(), 5, 5),
        Tensor.of("lstm.U_f", U_f.reals(), 5, 5),
        Tensor.of("lstm.b_g", b_g.reals(), 5),
        Tensor.of("lstm.b_i", b_i.reals(), 5),
        Tensor.of("lstm.b_o", b_o.reals(), 5),
        Tensor.of("lstm.b_f", b_f.reals(), 5),
        Tensor.of("lstm.p_i", p_i.reals(), 5),
        Tensor.of("lstm.p_o", p_o.reals(), 5),
        Tensor.of("lstm.p_f", p_f.reals(), 5));
  }

  @Override
  public List<Tensor> gradients() {
    return List.of(
        Tensor.of("lstm.W_g", dW_g.reals(), 4, 5),
        Tensor.of("lstm.W_i", dW_i.reals(), 4, 5),
        Tensor.of("lstm.W_o", dW_o.reals(), 4, 5),
        Tensor.of("lstm.W_f", dW_f.reals(), 4, 5),
        Tensor.of("lstm.U_g", dU_g.reals(), 5, 5),
        Tensor.of("lstm.U_i", dU_i.reals(), 5, 5),
        Tensor.of("lstm.U_o", dU_o.reals(), 5, 5),
        Tensor.of("lstm.U_f", dU_f.reals(), 5, 5),
        Tensor.of("lstm.b_g", db_g.reals(), 5),
        Tensor.of("lstm.b_i", db_i.reals(), 5),
        Tensor.of("lstm.b_o", db_o.reals(), 5),
        Tensor.of("lstm.b_f", db_f.reals(), 5),
        Tensor.of("lstm.p_i", dp_i.reals(), 5),
        Tensor.of("lstm.p_o", dp_o.reals(), 5),
        Tensor.of("lstm.p_f", dp_f.reals(), 5));
  }

  @Override
  public List<Tensor> optimizerStates() {
    return List.of();
  }
}
