package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.divergence.Diagnosis;
import dev.peephole.runtime.train.output.RunFolder;
import dev.peephole.runtime.train.output.Weights;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Goes back to a step of a run: takes the steps before it once more, from the first one on, to the
 * same bits, since the same program, data and seed give the same numbers.
 */
public final class Replay {
  private Replay() {}

  /**
   * Where a step begins.
   *
   * @param model with the parameters before the step, and one example of its batch in its buffers;
   *     the mode is that of the step
   * @param seed that of the run
   * @param place which example of which step it is, in words
   */
  public record Moment(Model model, long seed, String place) {}

  /**
   * The beginning of a step.
   *
   * @param run the run folder
   * @param step counted from 1
   * @param example which one of the batch, counted from 1
   * @param folder where the data is, instead of the model file's folder
   * @throws DataException if the run has no such step or the batch no such example, or if the data
   *     are not those of the run
   */
  public static Moment before(
      Program program, Path run, long step, int example, Optional<Path> folder) {
    Checkpoint checkpoint = Checkpoint.read(RunFolder.open(run));
    if (step < 1 || step > checkpoint.steps()) {
      throw DataException.in(
          run.toString(),
          "has no step " + step,
          "its checkpoint is from after step %s; the first is step 1"
              .formatted(checkpoint.steps()));
    }
    RunOptions options = checkpoint.settle(RunOptions.defaults());
    Plan plan = program.plan().with(options);
    Model model = program.model().get();
    model.reserve(1);
    TrainingData data = TrainingData.load(plan, new DataFolder(program.folder(), folder), model);
    Weights about = new Weights(plan.network(), plan.seed(), data.scalings(), data.labelNames());
    checkpoint.check(about, data);
    model.reserve(Math.min(plan.batch(), data.largestPart()), data.longest());
    model.initialize(plan.seed());
    Diagnosis diagnosis = new Diagnosis(model, program);
    Measuring measuring = new Measuring(model, plan, about, diagnosis);
    Session session = Session.of(program, options, plan, model, data, measuring, diagnosis);
    checkpoint.remind(session);
    try {
      Session.Batch batch = session.goTo(step);
      int size = batch.of().size(batch.number());
      if (example < 1 || example > size) {
        throw DataException.in(
            run.toString(),
            "step %s has no example %s".formatted(step, example),
            "its batch has %s, counted from 1".formatted(size));
      }
      int row = batch.of().example(batch.number(), example - 1);
      Model one = alone(program, model, data, row, example - 1);
      one.mode().train(plan.seed(), step);
      String place =
          "example %s of the data, number %s of the %s in step %s of the run, which is step %s of epoch %s"
              .formatted(row + 1, example, size, step, batch.number() + 1, batch.epoch());
      return new Moment(one, plan.seed(), place);
    } finally {
      session.close();
    }
  }

  /** One example of a batch in a model of its own, with the same weights. */
  private static Model alone(Program program, Model model, TrainingData data, int row, int place) {
    Part part = new Part(data.training().examples(), new int[] {row});
    Model one = program.model().get();
    one.reserve(1, part.longest());
    copy(model.weights(), one.weights());
    new Feed(part.examples(), one, TrainingData.tensors(one)).fill(Batches.whole(part), 0);
    for (int k = 0; k < one.carried().size(); k++) {
      Tensor to = one.carried().get(k);
      int size = to.length();
      for (int i = 0; i < size; i++) {
        to.set(i, model.carried().get(k).get(place * size + i));
      }
      one.continues()[0] = model.continues()[place];
    }
    return one;
  }

  private static void copy(List<Tensor> from, List<Tensor> to) {
    for (int k = 0; k < to.size(); k++) {
      to.get(k).copyFrom(from.get(k), to.get(k).length());
    }
  }
}
