package dev.peephole.runtime.train.report.answer;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.report.record.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An input of an example as it is in the data, and what the plan's augmentation makes of it.
 *
 * @param number the example's, counted from 1
 * @param before the input
 * @param after what it becomes in the first steps of training, if it were in each of them
 */
public record Augmented(int number, Exhibit before, List<Exhibit> after) {
  private static final int EXAMPLES = 4;
  private static final int STEPS = 3;

  /**
   * Some examples of the training part; none if the plan changes no input.
   *
   * @param textbook the network in code that keeps every value; nothing else uses it
   */
  public static List<Augmented> of(Model textbook, Plan plan, TrainingData data) {
    textbook.reserve(1);
    Part part = Sample.of(data.training(), EXAMPLES);
    textbook.reserve(part.rows().length, part.longest());
    textbook.initialize(plan.seed());
    new Feed(part.examples(), textbook, TrainingData.tensors(textbook))
        .fill(Batches.whole(part), 0);
    Naming naming = new Naming(plan, data);
    List<Augmented> all = new ArrayList<>();
    List<Tensor> inputs = textbook.inputs().stream().filter(input -> !input.open()).toList();
    for (Tensor input : inputs) {
      Optional<Tensor> made = made(textbook, input, plan);
      if (made.isPresent()) {
        all.addAll(of(textbook, plan, part, naming, input, made.get()));
      }
    }
    return all;
  }

  /** The value that the network's equations have in the place of an input. */
  private static Optional<Tensor> made(Model textbook, Tensor input, Plan plan) {
    return textbook.values().stream()
        .map(Model.Value::tensor)
        .filter(value -> value.name().equals(plan.augmented().get(input.name())))
        .findFirst();
  }

  private static List<Augmented> of(
      Model textbook, Plan plan, Part part, Naming naming, Tensor input, Tensor made) {
    List<List<Exhibit>> after = new ArrayList<>();
    for (int row : part.rows()) {
      after.add(new ArrayList<>());
    }
    for (int step = 1; step <= STEPS; step++) {
      textbook.mode().train(plan.seed(), step);
      textbook.loss(part.rows().length);
      for (int i = 0; i < after.size(); i++) {
        int start = i * input.size();
        double[] numbers =
            IntStream.range(0, input.size())
                .mapToDouble(k -> naming.unscaled(input, k, made.get(start + k)))
                .toArray();
        after.get(i).add(Exhibit.of(input, numbers, naming));
      }
    }
    int k = textbook.inputs().indexOf(input);
    List<Augmented> all = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      int row = part.rows()[i];
      all.add(new Augmented(row + 1, Exhibit.of(part.examples(), k, row, naming), after.get(i)));
    }
    return all;
  }
}
