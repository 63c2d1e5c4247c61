package dev.peephole.runtime.train.metric;

import java.util.function.BiFunction;

/**
 * A metric that plans may ask for, all of it.
 *
 * @param name how plans call it
 * @param brackets what may stand in brackets behind the name
 * @param better whether more is better
 * @param fit of what it can be taken
 * @param says what it is, with its formula and where that comes from, in Markdown
 * @param tally what counts for it
 */
public record Kind(
    String name,
    Brackets brackets,
    Better better,
    Fit fit,
    String says,
    BiFunction<Subject, Asked, Tally> tally) {

  /** What may stand in brackets. */
  public enum Brackets {
    /** Nothing. */
    NONE(""),
    /** A whole number, which must be there. */
    NUMBER("(5)"),
    /** A whole number, or nothing. */
    MAYBE_NUMBER("(15)"),
    /** One of the words of {@link Average}, or nothing. */
    AVERAGE("(macro)");

    private final String example;

    Brackets(String example) {
      this.example = example;
    }
  }

  /** Which of two figures is the better one. */
  public enum Better {
    MORE,
    LESS
  }

  /** How it is written. */
  public String example() {
    return name + brackets.example;
  }

  /** How it is written with nothing left out that may be. */
  boolean takes(Asked asked) {
    return switch (brackets) {
      case NONE -> asked.number().isEmpty() && asked.average().isEmpty();
      case NUMBER -> asked.number().isPresent();
      case MAYBE_NUMBER -> asked.average().isEmpty();
      case AVERAGE -> asked.number().isEmpty();
    };
  }
}
