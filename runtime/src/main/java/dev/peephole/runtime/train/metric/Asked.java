package dev.peephole.runtime.train.metric;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A metric as a plan asks for it: {@code accuracy}, {@code top(5)}, {@code f1(macro)}.
 *
 * @param name one of those that {@link Metrics} lists
 * @param number what stands in its brackets, if that is a number
 * @param average what stands in its brackets, if that is a word
 */
public record Asked(String name, OptionalInt number, Optional<Average> average) {

  /** A metric by its name alone. */
  public static Asked of(String name) {
    return new Asked(name, OptionalInt.empty(), Optional.empty());
  }

  /** A metric of a number, such as {@code top(5)}. */
  public static Asked of(String name, int number) {
    return new Asked(name, OptionalInt.of(number), Optional.empty());
  }

  /** A metric in one way to bring the figures of all classes together. */
  public static Asked of(String name, Average average) {
    return new Asked(name, OptionalInt.empty(), Optional.of(average));
  }

  /** What tables and logs call it: {@code macro_f1}, {@code top_5}. */
  String figure() {
    String ofNumber = name + (number.isPresent() ? "_" + number.getAsInt() : "");
    return average
        .filter(a -> a != Average.EACH)
        .map(a -> a.word() + "_" + ofNumber)
        .orElse(ofNumber);
  }

  /** As a plan writes it. */
  @Override
  public String toString() {
    return average.isPresent()
        ? name + "(" + average.get().word() + ")"
        : name + (number.isPresent() ? "(" + number.getAsInt() + ")" : "");
  }
}
