package dev.peephole.runtime.train.metric;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.scaling.Scaling;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is measured: an output, and the target that it answers.
 *
 * <p>Labels have classes. Of a target of zeros and ones, each of its numbers is a question of its
 * own, and a class of its own where classes are counted.
 *
 * @param classNames what the data call the classes of a label; may be empty
 * @param scaling how the target was scaled
 */
record Subject(Answers answers, List<String> classNames, Optional<Scaling> scaling) {

  Tensor output() {
    return answers.output();
  }

  Tensor target() {
    return answers.target();
  }

  /** Whether the target is a label, and not numbers. */
  boolean label() {
    return target().classes() > 0;
  }

  /** How many classes are told apart. */
  int classes() {
    return label() ? Math.max(2, target().classes()) : answers.width();
  }

  /** What a class is called. */
  String className(int c) {
    if (label()) {
      return c < classNames.size() ? classNames.get(c) : Integer.toString(c);
    }
    return answers.width() == 1 ? target().name() : target().name() + "_" + c;
  }

  /** What all classes are called. */
  List<String> names() {
    return IntStream.range(0, classes()).mapToObj(this::className).toList();
  }

  /** The one class that figures are about if nothing else is said; -1 if it is all of them. */
  int positive() {
    return label() ? (classes() == 2 ? 1 : -1) : answers.width() == 1 ? 0 : -1;
  }

  /**
   * The right class at the i-th place, or whether the right answer is yes.
   *
   * @throws DataException if a target without classes is neither 0 nor 1
   */
  int truth(int i, String metric) {
    double value = target().get(i);
    if (!label() && value != 0 && value != 1) {
      String name = target().name();
      throw DataException.of(
          "the %s of %s needs zeros and ones, and %s is %s".formatted(metric, name, name, value),
          "leave the metric away, or declare " + name + " as a class(…)");
    }
    return (int) value;
  }

  /** A number that is the greater, the more the output is for class c at the i-th place. */
  double support(int i, int c) {
    int choices = answers.choices();
    return choices > 1
        ? output().get(i * choices + c)
        : c == 1 ? output().get(i) : -output().get(i);
  }

  /**
   * The same as a probability.
   *
   * @throws DataException if the outputs are none
   */
  double probability(int i, int c, String metric) {
    double all = 0;
    for (int k = 0; k < Math.max(2, answers.choices()); k++) {
      double p = stated(i, k);
      if (!(p >= 0 && p <= 1)) {
        throw noProbabilities(metric, "one is " + p);
      }
      all += p;
    }
    if (Math.abs(all - 1) > 1e-3) {
      throw noProbabilities(metric, "they sum up to " + all);
    }
    return stated(i, c);
  }

  private double stated(int i, int c) {
    return answers.choices() == 1 && c == 0 ? 1 - output().get(i) : support(i, c);
  }

  private DataException noProbabilities(String metric, String why) {
    String name = output().name();
    return DataException.of(
        "the %s takes probabilities, and of %s %s".formatted(metric, name, why),
        "give out softmax or sigmoid of the logits: output %s = softmax(…)".formatted(name));
  }

  /** The answer at the i-th place on the scale of the data. */
  double answered(int i) {
    return unscaled(i, output().get(i));
  }

  /** The target at the i-th place on the scale of the data. */
  double wanted(int i) {
    return unscaled(i, target().get(i));
  }

  private double unscaled(int i, double value) {
    return scaling.map(s -> s.line(i % s.lines().size()).undo(value)).orElse(value);
  }
}
