import static dev.peephole.runtime.kernel.Matrix.orthonormal;
import static dev.peephole.runtime.opencl.Grid.groups;
import static dev.peephole.runtime.opencl.Grid.items;
import static dev.peephole.runtime.opencl.Grid.tiles;

import dev.peephole.runtime.Tensor;
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
  private final Buffer x_tW_g = reals(20 * 5).perExample();
  private final Buffer x_tW_i = reals(20 * 5).perExample();
  private final Buffer x_tW_f = reals(20 * 5).perExample();
  private final Buffer x_tW_o = reals(20 * 5).perExample();
  private final Buffer s = reals(20 * 5).perExample();
  private final Buffer c = reals(20 * 5).perExample();
  private final Buffer o = reals(20 * 5).perExample();
  private final Buffer tanh_ = reals(20 * 5).perExample();
  private final Buffer cPrev = reals(20 * 5).perExample();
  private final Buffer f = reals(20 * 5).perExample();
  private final Buffer g = reals(20 * 5).perExample();
  private final Buffer i = reals(20 * 5).perExample();
  private final Buffer sPrev = reals(20 * 5).perExample();
  private final Buffer sPrevU_g = reals(5).perExample();
  private final Buffer sPrevU_i = reals(5).perExample();
  private final Buffer sPrevU_f = reals(5).perExample();
  private final Buffer sPrevU_o = reals(5).perExample();
  private final Buffer h = reals(20 * 5).perExample();
  private final Buffer loss = reals(1);
  private final Buffer dsOut = reals(20 * 5).perExample();
  private final Buffer dsPrev = reals(20 * 5).perExample();
  private final Buffer dcPrev = reals(20 * 5).perExample();
  private final Buffer dz_g = reals(20 * 5).perExample();
  private final Buffer dz_i = reals(20 * 5).perExample();
  private final Buffer dz_f = reals(20 * 5).perExample();
  private final Buffer dz_o = reals(20 * 5).perExample();
  private final Buffer dp_o_t = reals(20 * 5).perExample();
  private final Buffer dp_f_t = reals(20 * 5).perExample();
  private final Buffer dp_i_t = reals(20 * 5).perExample();
  private final Buffer dsNext = reals(5).perExample();
  private final Buffer dcNext = reals(5).perExample();
  private final Buffer dc = reals(5).perExample();
  private final Buffer dz_oU_o = reals(5).perExample();
  private final Buffer dz_fU_f = reals(5).perExample();
  private final Buffer dz_iU_i = reals(5).perExample();
  private final Buffer dz_gU_g = reals(5).perExample();

  public Spikes(Device device) {
    super(device, "Spikes.cl");
  }

  /** What the outputs need, and training too. */
  private void forward(int n) {
    // x_t = xᵀ                                                      Spikes.nn:5
    run("forward_x_t", items(n * 80), x, x_t, n);

    // x_tW_g = x_t · W_g                                            recurrent.nn:45
    run("forward_x_tW_g", items(n * 20 * 5), x_t, W_g, x_tW_g, n);

    // x_tW_i = x_t · W_i                                            recurrent.nn:46
    run("forward_x_tW_i", items(n * 20 * 5), x_t, W_i, x_tW_i, n);

    // x_tW_f = x_t · W_f                                            recurrent.nn:48
    run("forward_x_tW_f", items(n * 20 * 5), x_t, W_f, x_tW_f, n);

    // x_tW_o = x_t · W_o                                            recurrent.nn:51
    run("forward_x_tW_o", items(n * 20 * 5), x_t, W_o, x_tW_o, n);

    // lstm, one time step after another                             Spikes.nn:5
    for (int t = 0; t < 20; t++) {
      run("forward_sPrev", items(n * 5), sPrev, s, cPrev, c, n, t);

      // sPrevU_g = sPrev · U_g                                        recurrent.nn:45
      run("forward_sPrevU_g", items(n * 5), sPrev, U_g, sPrevU_g, n, t);

      // g = tanh(x_tW_g + sPrevU_g + b_g)                             recurrent.nn:45
      run("forward_g", items(n * 5), x_tW_g, sPrevU_g, b_g, g, n, t);

      // sPrevU_i = sPrev · U_i                                        recurrent.nn:46
      run("forward_sPrevU_i", items(n * 5), sPrev, U_i, sPrevU_i, n, t);

      // i = σ(x_tW_i + sPrevU_i + b_i + cPrev ⊙ p_i)                  recurrent.nn:46
      run("forward_i", items(n * 5), x_tW_i, sPrevU_i, b_i, cPrev, p_i, i, n, t);

      // sPrevU_f = sPrev · U_f                                        recurrent.nn:48
      run("forward_sPrevU_f", items(n * 5), sPrev, U_f, sPrevU_f, n, t);

      // f = σ(x_tW_f + sPrevU_f + b_f + cPrev ⊙ p_f)
      // c = i ⊙ g + f ⊙ cPrev                                         recurrent.nn:50
      run("forward_f", items(n * 5), x_tW_f, sPrevU_f, b_f, cPrev, p_f, f, i, g, c, n, t);

      // sPrevU_o = sPrev · U_o                                        recurrent.nn:51
      run("forward_sPrevU_o", items(n * 5), sPrev, U_o, sPrevU_o, n, t);

      // o = σ(x_tW_o + sPrevU_o + b_o + c ⊙ p_o)
      // tanh = tanh(c)
      // s = tanh ⊙ o                                                  recurrent.nn:52
      run("forward_o", items(n * 5), x_tW_o, sPrevU_o, b_o, c, p_o, o, tanh_, s, n, t);
    }

    // h = sᵀ                                                        Spikes.nn:5
    run("forward_h", items(n * 100), s, h, n);
  }

  @Override
  protected void computeOutputs(int n) {
    forward(n);

    fetch(n, h);
  }

  @Override
  protected Buffer computeLoss(int n) {
    forward(n);

    // loss = Σ (h − y)² / (100 · n)                                 Spikes.nn:6
    run("loss_loss", groups(1), h, y, loss, n);
    return loss;
  }

  @Override
  public void backward(int n) {
    // dsOut = (0.02 / n · (h − y))ᵀ                                 Spikes.nn:5
    run("backward_dsOut", items(n * 100), h, y, dsOut, n);

    // lstm, backwards, one time step after another                  Spikes.nn:5
    for (int t = 19; t >= 0; t--) {
      run("backward_dsNext", items(n * 5), dsNext, dsPrev, dcNext, dcPrev, n, t);

      // ds = dsNext + dsOut
      // dz_o = ds ⊙ tanh ⊙ o ⊙ (1 − o)
      // dc = dcNext + ds ⊙ o ⊙ (1 − tanh²) + dz_o ⊙ p_o
      // dp_o_t = dz_o ⊙ c                                             recurrent.nn:51
      run("backward_dz_o", items(n * 5), dsNext, dsOut, tanh_, o, dz_o, dcNext, p_o, dc, c, dp_o_t,
          n, t);

      // dz_oU_o = dz_o · U_oᵀ                                         recurrent.nn:51
      run("backward_dz_oU_o", items(n * 5), dz_o, U_o, dz_oU_o, n, t);

      // dz_f = dc ⊙ cPrev ⊙ f ⊙ (1 − f)
      // dp_f_t = dz_f ⊙ cPrev                                         recurrent.nn:48
      run("backward_dz_f", items(n * 5), dc, cPrev, f, dz_f, dp_f_t, n, t);

      // dz_fU_f = dz_f · U_fᵀ                                         recurrent.nn:48
      run("backward_dz_fU_f", items(n * 5), dz_f, U_f, dz_fU_f, n, t);

      // dz_i = dc ⊙ g ⊙ i ⊙ (1 − i)
      // dcPrev = dc ⊙ f + dz_f ⊙ p_f + dz_i ⊙ p_i
      // dp_i_t = dz_i ⊙ cPrev                                         recurrent.nn:46
      run("backward_dz_i", items(n * 5), dc, g, i, dz_i, f, dz_f, p_f, p_i, dcPrev, cPrev, dp_i_t,
          n, t);

      // dz_iU_i = dz_i · U_iᵀ                                         recurrent.nn:46
      run("backward_dz_iU_i", items(n * 5), dz_i, U_i, dz_iU_i, n, t);

      // dz_g = dc ⊙ i ⊙ (1 − g²)                                      recurrent.nn:45
      run("backward_dz_g", items(n * 5), dc, i, g, dz_g, n, t);

      // dz_gU_g = dz_g · U_gᵀ                                         recurrent.nn:45
      run("backward_dz_gU_g", items(n * 5), dz_g, U_g, dz_gU_g, n, t);

      // dsPrev = dz_oU_o + dz_fU_f + dz_iU_i + dz_gU_g                recurrent.nn:45
      run("backward_dsPrev", items(n * 5), dz_oU_o, dz_fU_f, dz_iU_i, dz_gU_g, dsPrev, n, t);
    }

    // dp_o = Σ dp_o_t                                               recurrent.nn:51
    run("backward_dp_o", groups(1), dp_o_t, dp_o, n);

    // db_o = Σ dz_o                                                 recurrent.nn:51
    run("backward_db_o", groups(1), dz_o, db_o, n);

    // dU_o = sPrevᵀ · dz_o                                          recurrent.nn:51
    run("backward_dU_o", tiles(1, 5, 64, 5, 8), sPrev, dz_o, dU_o, n);

    // dp_f = Σ dp_f_t                                               recurrent.nn:48
    run("backward_dp_f", groups(1), dp_f_t, dp_f, n);

    // db_f = Σ dz_f                                                 recurrent.nn:48
    run("backward_db_f", groups(1), dz_f, db_f, n);

    // dU_f = sPrevᵀ · dz_f                                          recurrent.nn:48
    run("backward_dU_f", tiles(1, 5, 64, 5, 8), sPrev, dz_f, dU_f, n);

    // dp_i = Σ dp_i_t                                               recurrent.nn:46
    run("backward_dp_i", groups(1), dp_i_t, dp_i, n);

    // db_i = Σ dz_i                                                 recurrent.nn:46
    run("backward_db_i", groups(1), dz_i, db_i, n);

    // dU_i = sPrevᵀ · dz_i                                          recurrent.nn:46
    run("backward_dU_i", tiles(1, 5, 64, 5, 8), sPrev, dz_i, dU_i, n);

    // db_g = Σ dz_g                                                 recurrent.nn:45
    run("backward_db_g", groups(1), dz_g, db_g, n);

    // dU_g = sPrevᵀ · dz_g                                          recurrent.nn:45
    run("backward_dU_g", tiles(1, 5, 64, 5, 8), sPrev, dz_g, dU_g, n);

    // dW_o = x_tᵀ · dz_o                                            recurrent.nn:51
    run("backward_dW_o", tiles(1, 4, 64, 5, 8), x_t, dz_o, dW_o, n);

    // dW_f = x_tᵀ · dz_f                                            recurrent.nn:48
    run("backward_dW_f", tiles(1, 4, 64, 5, 8), x_t, dz_f, dW_f, n);

    // dW_i = x_tᵀ · dz_i                                            recurrent.nn:46
    run("backward_dW_i", tiles(1, 4, 64, 5, 8), x_t, dz_i, dW_i, n);

    // dW_g = x_tᵀ · dz_g                                            recurrent.nn:45
    run("backward_dW_g", tiles(1, 4, 64, 5, 8), x_t, dz_g, dW_g, n);
  }

  @Override
  public void update(long step) {
    throw new UnsupportedOperationException("Spikes.nn has no training plan for Spikes");
  }

  @Override
  protected void draw(long seed) {
    float[] W_g = this.W_g.reals();
    // W_g = U(0, 1)                                                 recurrent.nn:31
    new Philox(seed, 0).uniform(W_g);
    // W_g = −0.816497 + 1.63299 · W_g                               recurrent.nn:31
    for (int k = 0; k < 20; k++) {
      W_g[k] = -0.8164966f + 1.6329932f * W_g[k];
    }

    float[] W_i = this.W_i.reals();
    // W_i = U(0, 1)                                                 recurrent.nn:31
    new Philox(seed, 1).uniform(W_i);
    // W_i = −0.816497 + 1.63299 · W_i                               recurrent.nn:31
    for (int k = 0; k < 20; k++) {
      W_i[k] = -0.8164966f + 1.6329932f * W_i[k];
    }

    float[] W_o = this.W_o.reals();
    // W_o = U(0, 1)                                                 recurrent.nn:31
    new Philox(seed, 2).uniform(W_o);
    // W_o = −0.816497 + 1.63299 · W_o                               recurrent.nn:31
    for (int k = 0; k < 20; k++) {
      W_o[k] = -0.8164966f + 1.6329932f * W_o[k];
    }

    float[] W_f = this.W_f.reals();
    // W_f = U(0, 1)                                                 recurrent.nn:32
    new Philox(seed, 3).uniform(W_f);
    // W_f = −0.816497 + 1.63299 · W_f                               recurrent.nn:32
    for (int k = 0; k < 20; k++) {
      W_f[k] = -0.8164966f + 1.6329932f * W_f[k];
    }

    float[] U_g = this.U_g.reals();
    float[] U_g_ = new float[5 * 5];
    // U_g = N(0, 1)                                                 recurrent.nn:33
    new Philox(seed, 4).normal(U_g_);
    // U_g = orthonormal(U_g)                                        recurrent.nn:33
    orthonormal(U_g_, U_g, 5, 5);

    float[] U_i = this.U_i.reals();
    float[] U_i_ = new float[5 * 5];
    // U_i = N(0, 1)                                                 recurrent.nn:33
    new Philox(seed, 5).normal(U_i_);
    // U_i = orthonormal(U_i)                                        recurrent.nn:33
    orthonormal(U_i_, U_i, 5, 5);

    float[] U_o = this.U_o.reals();
    float[] U_o_ = new float[5 * 5];
    // U_o = N(0, 1)                                                 recurrent.nn:33
    new Philox(seed, 6).normal(U_o_);
    // U_o = orthonormal(U_o)                                        recurrent.nn:33
    orthonormal(U_o_, U_o, 5, 5);

    float[] U_f = this.U_f.reals();
    float[] U_f_ = new float[5 * 5];
    // U_f = N(0, 1)                                                 recurrent.nn:34
    new Philox(seed, 7).normal(U_f_);
    // U_f = orthonormal(U_f)                                        recurrent.nn:34
    orthonormal(U_f_, U_f, 5, 5);

    float[] b_g = this.b_g.reals();
    // b_g = 0
    Arrays.fill(b_g, 0f);

    float[] b_i = this.b_i.reals();
    // b_i = 0
    Arrays.fill(b_i, 0f);

    float[] b_o = this.b_o.reals();
    // b_o = 0
    Arrays.fill(b_o, 0f);

    float[] b_f = this.b_f.reals();
    // b_f = 1
    Arrays.fill(b_f, 1f);

    float[] p_i = this.p_i.reals();
    // p_i = 0
    Arrays.fill(p_i, 0f);

    float[] p_o = this.p_o.reals();
    // p_o = 0
    Arrays.fill(p_o, 0f);

    float[] p_f = this.p_f.reals();
    // p_f = 0
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

  @Override
  public List<dev.peephole.runtime.Model.Value> values() {
    return List.of();
  }
}
