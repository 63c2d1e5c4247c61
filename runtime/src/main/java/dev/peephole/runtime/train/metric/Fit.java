package dev.peephole.runtime.train.metric;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Of which outputs a metric can be taken. */
enum Fit {
  /** Of labels or, if there are none, of zeros and ones. */
  ANSWERS(
      Answers::fit,
      "has such answers",
      "it takes a number for each class of a label, or for each number of the target"),

  /** The same where an example has several. */
  SEQUENCES(
      answers -> answers.fit() && answers.several(),
      "answers a sequence",
      "where an example has one answer, accuracy says the same"),

  /** Of labels, with a number for each class. */
  CHOICES(
      answers -> answers.fit() && answers.choices() > 1,
      "has several to choose from",
      "it takes a number for each class of a label"),

  /** Of several zeros and ones for each example. */
  ITEMS(
      answers -> answers.numbers() && answers.width() > 1,
      "ranks anything",
      "it takes a target of several numbers, 1 for what is right and 0 for what is not"),

  /** Of numbers. */
  NUMBERS(Answers::numbers, "answers numbers", "of a label, accuracy can be measured");

  private final Predicate<Answers> suits;
  private final String lacking;
  private final String hint;

  Fit(Predicate<Answers> suits, String lacking, String hint) {
    this.suits = suits;
    this.lacking = lacking;
    this.hint = hint;
  }

  /**
   * What suits of the model's outputs and targets; labels alone, if there are any.
   *
   * @throws DataException if nothing does
   */
  List<Answers> in(Model model, String metric) {
    List<Answers> all =
        IntStream.range(0, model.outputs().size())
            .boxed()
            .flatMap(
                k ->
                    model
                        .answered(k)
                        .map(target -> Answers.of(model.outputs().get(k), target, model.lengths()))
                        .stream())
            .filter(suits)
            .toList();
    if (all.isEmpty()) {
      throw DataException.of(
          "%s cannot be measured: no output of %s %s".formatted(metric, model.name(), lacking),
          hint);
    }
    boolean labels = all.stream().anyMatch(answers -> answers.target().classes() > 0);
    return all.stream().filter(answers -> labels == answers.target().classes() > 0).toList();
  }
}
