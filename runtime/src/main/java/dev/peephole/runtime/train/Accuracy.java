package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataException;
import java.util.List;
import java.util.stream.IntStream;

/** The share of {@link Answers} that are right. */
final class Accuracy implements Metric {
  private final String name;
  private final Answers answers;
  private long right;
  private long all;

  private Accuracy(String name, Answers answers) {
    this.name = name;
    this.answers = answers;
  }

  /**
   * One for each label that has an output, or, if there is no label, for each target that has one.
   *
   * @throws DataException if no output answers a target
   */
  static List<Metric> of(Model model) {
    List<Answers> fitting =
        IntStream.range(0, Math.min(model.outputs().size(), model.targets().size()))
            .mapToObj(k -> Answers.of(model.outputs().get(k), model.targets().get(k)))
            .filter(Answers::fit)
            .toList();
    boolean labels = fitting.stream().anyMatch(answers -> answers.target().classes() > 0);
    List<Answers> measured =
        fitting.stream().filter(a -> labels == a.target().classes() > 0).toList();
    if (measured.isEmpty()) {
      throw DataException.of(
          "no output of " + model.name() + " has an accuracy",
          "it takes a number for each class of a label, or for each number of the target");
    }
    return measured.stream().map(a -> metric(a, measured.size())).toList();
  }

  private static Metric metric(Answers answers, int count) {
    return new Accuracy(count == 1 ? "accuracy" : "accuracy_" + answers.target().name(), answers);
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
    int count = n * answers.count();
    for (int i = 0; i < count; i++) {
      right += answers.get(i) == truth(i) ? 1 : 0;
    }
    all += count;
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
