package dev.peephole.runtime.train.step;

import dev.peephole.runtime.AsynchronousModel;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.plan.Plan;
import java.util.List;
import java.util.OptionalDouble;

/** One step of gradient descent on a batch. Allocates nothing, unless the model does. */
public abstract class TrainingStep {
  private static final double[] NONE = {};

  private final Feed feed;
  private final Clip clip;

  /**
   * @param clip what keeps gradients small, if that is not done elsewhere; else without limits
   */
  TrainingStep(Model model, Examples examples, Clip clip) {
    this.feed = new Feed(examples, model, TrainingData.tensors(model));
    this.clip = clip;
  }

  /** The steps of a model that has room for the batches to come. */
  static TrainingStep of(Model model, Examples examples, Plan plan) {
    return model instanceof AsynchronousModel elsewhere
        ? new Enqueued(elsewhere, examples, plan)
        : new Here(model, examples, plan);
  }

  /** The same with a further thread for each of the other models, if there are any. */
  public static TrainingStep of(
      Model model, List<? extends Model> others, Examples examples, Plan plan) {
    return others.isEmpty()
        ? of(model, examples, plan)
        : new ShardedStep(model, others, examples, plan);
  }

  /** Puts a batch into the model's buffers. */
  public final void fill(Batches batches, int batch) {
    feed.fill(batches, batch);
  }

  /** Puts the examples {@code first .. end} of a batch into the model's buffers. */
  final void fill(Batches batches, int batch, int first, int end) {
    feed.fill(batches, batch, first, end);
  }

  /**
   * The share of the steps since the last call, or since the first step, whose gradients were
   * clipped; absent if there is no limit, or a device clips them.
   */
  public final OptionalDouble clipped() {
    return clip.clipped();
  }

  /** How many of the steps that {@link #clipped} would tell of had their gradients clipped. */
  public final long clippedSoFar() {
    return clip.bound();
  }

  /** Goes on after so many steps, so many of them clipped, that nobody was told of yet. */
  public final void resume(long steps, long clipped) {
    clip.resume(steps, clipped);
  }

  /** The mean losses of the steps that were not yet told; waits for these steps. */
  public double[] untold() {
    return NONE;
  }

  /** Ends its threads, if it has any. */
  public void close() {}

  /**
   * Updates the parameters once, unless the loss is not finite.
   *
   * @param batch the number of the batch
   * @param now where the run is
   * @return the mean losses of this batch and of those before it that were not yet told, each
   *     before its update
   */
  public abstract double[] run(Batches batches, int batch, Moment now);

  /** A step that is over when it returns. */
  private static final class Here extends TrainingStep {
    private final Model model;
    private final Clip clip;
    private final double[] loss = new double[1];

    Here(Model model, Examples examples, Plan plan) {
      this(model, examples, new Clip(plan.clipNorm(), plan.clipValue(), model.gradients()));
    }

    private Here(Model model, Examples examples, Clip clip) {
      super(model, examples, clip);
      this.model = model;
      this.clip = clip;
    }

    @Override
    public double[] run(Batches batches, int batch, Moment now) {
      int n = batches.size(batch);
      fill(batches, batch);
      loss[0] = model.loss(n);
      if (Double.isFinite(loss[0])) {
        model.backward(n);
        clip.apply();
        model.update(now);
        model.carry(n);
      }
      return loss;
    }
  }

  /** A step that goes on while the next batch is made ready; nobody waits for its loss. */
  private static final class Enqueued extends TrainingStep {
    private final AsynchronousModel model;
    private final double norm;
    private final double value;
    private int enqueued;

    Enqueued(AsynchronousModel model, Examples examples, Plan plan) {
      super(model, examples, Clip.none());
      this.model = model;
      this.norm = plan.clipNorm().orElse(Double.POSITIVE_INFINITY);
      this.value = plan.clipValue().orElse(Double.POSITIVE_INFINITY);
    }

    @Override
    public double[] run(Batches batches, int batch, Moment now) {
      int n = batches.size(batch);
      fill(batches, batch);
      model.enqueueLoss(n);
      model.backward(n);
      model.clip(norm, value);
      model.update(now);
      model.carry(n);
      enqueued++;
      boolean last = batch == batches.count() - 1;
      if (!last && enqueued < model.capacity()) {
        return NONE;
      }
      return untold();
    }

    @Override
    public double[] untold() {
      enqueued = 0;
      return model.losses();
    }
  }
}
