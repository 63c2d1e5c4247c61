package dev.peephole.runtime.train.batch;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.train.plan.Plan;

/** Brings a model to where its training begins, with a single example in its buffers. */
public final class FirstExample {
  private FirstExample() {}

  /**
   * Draws the first parameters, and fills the buffers with the first example of the training part;
   * the mode is that of the first step.
   *
   * @param folder where the plan's data is
   * @throws dev.peephole.runtime.data.DataException if something is wrong with the data
   */
  public static void fill(Model model, Plan plan, DataFolder folder) {
    model.reserve(1);
    Part training = TrainingData.load(plan, folder, model).training();
    Part first = new Part(training.examples(), new int[] {training.rows()[0]});
    model.reserve(1, first.longest());
    model.initialize(plan.seed());
    new Feed(first.examples(), model, TrainingData.tensors(model)).fill(Batches.whole(first), 0);
    model.mode().train(plan.seed(), 1);
  }
}
