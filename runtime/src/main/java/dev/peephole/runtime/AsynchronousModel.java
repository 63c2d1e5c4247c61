package dev.peephole.runtime;

/**
 * A network that is computed elsewhere, such as on a graphics card, while the training loop goes
 * on: its calls put work into a queue, and wait only for what they return.
 *
 * <p>The calls of one training step are {@link #enqueueLoss}, {@link #backward}, {@link #clip} and
 * {@link #update}; the losses of some steps are asked for together.
 */
public interface AsynchronousModel extends Model {

  /** Starts to compute {@link #loss}, which {@link #losses} gives later. */
  void enqueueLoss(int n);

  /** How many losses may be enqueued before they must be asked for. */
  int capacity();

  /**
   * The losses that were enqueued since the last call, in their order. After one that is not
   * finite, updates were not carried out: the parameters are as they were for it.
   */
  double[] losses();

  /**
   * Makes the gradients together no longer than {@code norm}, and then each no greater than {@code
   * value}; infinity does not bind.
   */
  void clip(double norm, double value);
}
