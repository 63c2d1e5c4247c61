package dev.peephole.runtime.data;

import java.util.Optional;

/** One field of every example, as its source holds it. */
public interface Column {

  /**
   * The k-th number of an example, both counted from 0.
   *
   * @throws DataException if what is written there is not a number
   */
  double number(int example, int k);

  /** What is written there, if the column was asked for as labels and holds text. */
  default Optional<String> text(int example) {
    return Optional.empty();
  }

  /** Whether it holds the characters of a text, which are labels even where they are digits. */
  default boolean characters() {
    return false;
  }

  /** An error that names the place of an example. */
  DataException problem(int example, String message, String hint);
}
