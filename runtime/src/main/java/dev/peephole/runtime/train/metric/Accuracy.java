package dev.peephole.runtime.train.metric;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataException;
import java.util.List;
import java.util.stream.IntStream;

/** The share of {@link Answers} that are right, or of examples whose answers all are. */
final class Accuracy implements Metric {
  private final String name;
  private final Answers answers;
  private final boolean whole;
  private long right;
  private long all;

  private Accuracy(String name, Answers answers, boolean whole) {
    this.name = name;
    this.answers = answers;
    this.whole = whole;
  }

  /**
   * {@code accuracy}, the share of right answers: one for each label that has an output, or, if
   * there is no label, for each target that has one.
   *
   * @throws DataException if no output answers a target
   */
  static List<Metric> ofAnswers(Model model) {
    List<Answers> fitting = fitting(model);
    if (fitting.isEmpty()) {
      throw DataException.of(
          "no output of " + model.name() + " has an accuracy",
          "it takes a number for each class of a label, or for each number of the target");
    }
    return metrics("accuracy", fitting, false);
  }

  /**
   * {@code sequence_accuracy}, the share of sequences that are right from the first step to the
   * last: the same for targets with more than one answer an example.
   *
   * @throws DataException if no output answers such a target
   */
  static List<Metric> ofSequences(Model model) {
    List<Answers> several = fitting(model).stream().filter(Answers::several).toList();
    if (several.isEmpty()) {
      throw DataException.of(
          "no output of " + model.name() + " answers a sequence",
          "where an example has one answer, accuracy says the same");
    }
    return metrics("sequence_accuracy", several, true);
  }

  private static List<Answers> fitting(Model model) {
    List<Answers> fitting =
        IntStream.range(0, model.outputs().size())
            .boxed()
            .flatMap(
                k ->
                    model
                        .answered(k)
                        .map(target -> Answers.of(model.outputs().get(k), target, model.lengths()))
                        .stream())
            .filter(Answers::fit)
            .toList();
    boolean labels = fitting.stream().anyMatch(answers -> answers.target().classes() > 0);
    return fitting.stream().filter(a -> labels == a.target().classes() > 0).toList();
  }

  private static List<Metric> metrics(String name, List<Answers> measured, boolean whole) {
    return measured.stream()
        .<Metric>map(
            answers -> {
              String suffix = measured.size() == 1 ? "" : "_" + answers.target().name();
              return new Accuracy(name + suffix, answers, whole);
            })
        .toList();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void clear() {
    right = 0;
    all = 0;
  }

  @Override
  public void add(int n) {
    int stride = answers.stride(n);
    for (int example = 0; example < n; example++) {
      int count = answers.count(example);
      int found = 0;
      for (int i = example * stride; i < example * stride + count; i++) {
        found += answers.get(i) == truth(i) ? 1 : 0;
      }
      right += whole ? found / count : found;
      all += whole ? 1 : count;
    }
  }

  private int truth(int i) {
    double value = answers.target().get(i);
    if (answers.target().classes() == 0 && value != 0 && value != 1) {
      String name = answers.target().name();
      throw DataException.of(
          "the accuracy of " + name + " needs zeros and ones, and " + name + " is " + value,
          "leave the metric away, or declare " + name + " as a class(…)");
    }
    return (int) value;
  }

  @Override
  public double value() {
    return (double) right / all;
  }
}
