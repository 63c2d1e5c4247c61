package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.kernel.Mode;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.step.ShardedStep;
import dev.peephole.runtime.train.step.TrainingStep;
import java.util.List;
import java.util.function.Supplier;

/**
 * Steps of training on one batch, again and again: those of {@link Training}, for whoever wants to
 * know how long one takes.
 */
public final class RepeatedStep implements AutoCloseable {
  private final Plan plan;
  private final Mode mode;
  private final Batches batches;
  private final TrainingStep trainingStep;
  private final Moment now = new Moment();
  private long step;

  /**
   * With so many threads, whether they pay or not.
   *
   * @param model with its first parameters, and room for the batch
   * @param more makes the same network once more, for another thread
   * @param batch its examples
   */
  public RepeatedStep(
      Plan plan, Model model, Supplier<? extends Model> more, Examples batch, int threads) {
    Part part = Part.all(batch);
    List<Model> others = ShardedStep.others(more, threads, batch.count(), part.longest());
    this.plan = plan;
    this.mode = model.mode();
    this.batches = Batches.whole(part);
    this.trainingStep = TrainingStep.of(model, others, batch, plan);
  }

  /** How many threads a training takes for such a batch if so many are wanted: those that pay. */
  public static int threads(Model model, Examples batch, int wanted) {
    return ShardedStep.threads(model, wanted, batch.count(), Part.all(batch).longest());
  }

  /** What decides about that: how many numbers a step computes with. */
  public static long work(Model model, Examples batch) {
    return ShardedStep.work(model, batch.count(), Part.all(batch).longest());
  }

  /** Takes the next step. Returns the mean loss of the batch before it. */
  public double next() {
    mode.train(plan.seed(), ++step);
    return trainingStep.run(batches, 0, now.at(step, 1, 0))[0];
  }

  /** Ends its threads. */
  @Override
  public void close() {
    trainingStep.close();
  }
}
