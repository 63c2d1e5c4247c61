package dev.peephole.ir;

import dev.peephole.runtime.kernel.Moment;

/**
 * What a schedule asks of the run, a number.
 *
 * @param value the number in its equations
 * @param quantity what it is
 */
public record Reading(Var value, Quantity quantity) {

  /** What there is to ask of a {@link Moment}. */
  public sealed interface Quantity {

    /** What the language calls it, and a method of {@link Moment}. */
    String word();

    /** What it is at a moment. */
    double at(Moment moment);

    /** The call that asks a moment of a name for it, in Java. */
    default String call(String moment) {
      return moment + "." + word() + "()";
    }
  }

  /** What there is to ask without saying more. */
  public enum Word implements Quantity {
    STEP("step") {
      @Override
      public double at(Moment moment) {
        return moment.step();
      }
    },
    EPOCH("epoch") {
      @Override
      public double at(Moment moment) {
        return moment.epoch();
      }
    },
    PROGRESS("progress") {
      @Override
      public double at(Moment moment) {
        return moment.progress();
      }
    };

    private final String word;

    Word(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /**
   * How often the validation loss did not fall for a while.
   *
   * @param patience the number of epochs without improvement that make a plateau
   * @param improvement the share of the least loss by which a better one is below it
   */
  public record Plateaus(int patience, double improvement) implements Quantity {
    @Override
    public String word() {
      return "plateaus";
    }

    @Override
    public double at(Moment moment) {
      return moment.plateaus(patience, improvement);
    }

    @Override
    public String call(String moment) {
      return "%s.%s(%s, %s)"
          .formatted(moment, word(), patience, String.valueOf(improvement).replace(".0E", "e"));
    }
  }
}
