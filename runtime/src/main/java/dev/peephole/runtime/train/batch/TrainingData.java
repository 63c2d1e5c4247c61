package dev.peephole.runtime.train.batch;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.DataWarning;
import dev.peephole.runtime.data.RandomStreams;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.example.Binding;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.data.example.FittedScalings;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.data.example.RawExamples;
import dev.peephole.runtime.data.scaling.Scaling;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.output.Weights;
import dev.peephole.runtime.train.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The examples of a plan in their parts, scaled as the training part says.
 *
 * @param validation may be empty
 * @param test may be empty
 * @param scalings those of the tensors that have one
 * @param labelNames what the classes of each label are called; an empty list for numbers
 * @param warnings what is hardly meant
 */
public record TrainingData(
    Part training,
    Part validation,
    Part test,
    Map<String, Scaling> scalings,
    Map<String, List<String>> labelNames,
    Set<DataWarning> warnings) {

  private static final List<String> NAMES =
      List.of(Result.TRAINING, Result.VALIDATION, Result.TEST);

  /** Everything that a plan says about data, for the shapes of a model. */
  public static TrainingData load(Plan plan, DataFolder folder, Model model) {
    RawExamples raw = all(plan, folder, model);
    List<int[]> parts = raw.divide(plan.split(), plan.seed());
    FittedScalings fitted = raw.fit(plan.scalings(), parts.get(0));
    Map<String, Scaling> scalings = fitted.scalings();
    Map<String, List<String>> names = raw.labelNames(parts.get(0));
    Examples examples = raw.prepare(scalings, names);
    Part test =
        plan.test().isEmpty()
            ? new Part(examples, parts.get(2))
            : test(plan, folder, model, scalings, names);
    return new TrainingData(
        new Part(examples, parts.get(0)),
        new Part(examples, parts.get(1)),
        test,
        scalings,
        names,
        fitted.warnings());
  }

  private static Part test(
      Plan plan,
      DataFolder folder,
      Model model,
      Map<String, Scaling> scalings,
      Map<String, List<String>> labelNames) {
    long seed = RandomStreams.test(plan.seed());
    return Part.all(
        load(plan.test().orElseThrow(), plan.testBindings(), plan, seed, folder, model)
            .prepare(scalings, labelNames));
  }

  private static RawExamples load(
      Source source, List<Binding> bindings, Plan plan, long seed, DataFolder folder, Model model) {
    return RawExamples.load(source, folder, bindings, plan.windowStep(), tensors(model), seed);
  }

  /** All examples of the data, with what the split asks of them. */
  private static RawExamples all(Plan plan, DataFolder folder, Model model) {
    return RawExamples.load(
        plan.data(),
        folder,
        plan.bindings(),
        plan.windowStep(),
        tensors(model),
        plan.seed(),
        plan.split().manner().column());
  }

  /** The part to evaluate trained weights on, by its name; scaled as those weights say. */
  public static Map.Entry<String, Part> unseen(
      Plan plan, DataFolder folder, Model model, Weights trained) {
    if (plan.test().isPresent()) {
      Part test = test(plan, folder, model, trained.scalings(), trained.labelNames());
      return Map.entry(Result.TEST, test);
    }
    if (plan.folds().isPresent() && plan.split().fold().isEmpty()) {
      throw DataException.of(
          "each fold of the data is unseen by one network alone",
          "what each came to stands in its run's log, and in folds.csv");
    }
    RawExamples raw = all(plan, folder, model);
    Examples examples = raw.prepare(trained.scalings(), trained.labelNames());
    List<int[]> parts = raw.divide(plan.split(), plan.seed());
    for (int p = parts.size() - 1; p > 0; p--) {
      if (parts.get(p).length > 0) {
        return Map.entry(NAMES.get(p), new Part(examples, parts.get(p)));
      }
    }
    return Map.entry(NAMES.get(0), new Part(examples, parts.get(0)));
  }

  /** What a batch fills: the inputs, then the targets. */
  public static List<Tensor> tensors(Model model) {
    List<Tensor> tensors = new ArrayList<>(model.inputs());
    tensors.addAll(model.targets());
    return tensors;
  }

  /**
   * The parts to measure a trained network on, by name, the most telling one last: those that it
   * was not trained on, if there are any.
   */
  public Map<String, Part> telling() {
    Map<String, Part> parts = new LinkedHashMap<>();
    if (!validation.isEmpty()) {
      parts.put(Result.VALIDATION, validation);
    }
    if (!test.isEmpty()) {
      parts.put(Result.TEST, test);
    }
    return parts.isEmpty() ? Map.of(Result.TRAINING, training) : parts;
  }

  /** How many examples the largest part has. */
  public int largestPart() {
    return IntStream.of(training.rows().length, validation.rows().length, test.rows().length)
        .max()
        .getAsInt();
  }

  /** How many steps the longest example has; 1 if examples are no sequences. */
  public int longest() {
    return Stream.of(training, validation, test).mapToInt(Part::longest).max().getAsInt();
  }

  /** How many examples each part has, such as {@code 105 + 22 + 23}. */
  public String sizes() {
    return training.rows().length + " + " + validation.rows().length + " + " + test.rows().length;
  }
}
