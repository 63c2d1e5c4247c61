package dev.peephole.runtime.train.step;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.plan.Plan;
import java.util.List;

/**
 * The steps of a run on one thread, taken one at a time: each has the batch, the noise and the bits
 * that it has in a run of whole epochs.
 */
public final class Steps {
  private final Plan plan;
  private final Model model;
  private final Batches batches;
  private final TrainingStep step;
  private final Moment now = new Moment();
  private long done;
  private int epoch;
  private int batch;

  /**
   * Before the first step.
   *
   * @param model with its first parameters, and room for a batch
   */
  public Steps(Plan plan, Model model, Part training) {
    this.plan = plan;
    this.model = model;
    this.batches = Batches.training(training, plan);
    this.step = TrainingStep.of(model, List.of(), training.examples(), plan);
    beginEpoch();
  }

  private void beginEpoch() {
    epoch++;
    batch = 0;
    batches.begin(epoch, plan);
  }

  /**
   * Takes the next step. If the loss is not finite nothing is updated.
   *
   * @return the mean loss of its batch, before the update
   */
  public double take() {
    model.mode().train(plan.seed(), done + 1);
    double loss = step.run(batches, batch, now())[0];
    if (Double.isFinite(loss)) {
      done++;
      batch++;
      if (batch == batches.count()) {
        beginEpoch();
      }
    }
    return loss;
  }

  /** Where the run is in the next one; one that goes on beyond its epochs is at its end. */
  public Moment now() {
    double progress = (double) done / ((long) plan.epochs() * batches.count());
    return now.at(done + 1, epoch, Math.min(progress, 1));
  }

  /** How many were taken. */
  public long done() {
    return done;
  }

  /** The epoch of the next one, counted from 1. */
  public int epoch() {
    return epoch;
  }

  /** How many make up an epoch. */
  public int perEpoch() {
    return batches.count();
  }

  /** The place of the next one's batch in {@link #batches}. */
  public int batch() {
    return batch;
  }

  /** The batches of the epoch of the next step. */
  public Batches batches() {
    return batches;
  }
}
