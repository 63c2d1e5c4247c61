package dev.peephole.runtime.data;

import java.util.List;
import java.util.Optional;

/** One field of every row, as its source holds it. */
public interface Column {

  /**
   * The k-th number of a row, both counted from 0.
   *
   * @throws DataException if what is written there is not a number
   */
  double number(int row, int k);

  /** What is written there, if the column was asked for as labels and holds text. */
  default Optional<String> text(int row) {
    return Optional.empty();
  }

  /** What its labels are called, from class 0 on, if the source itself numbers them. */
  default List<String> classes() {
    return List.of();
  }

  /** Whether it holds the characters of a text, which are labels even where they are digits. */
  default boolean characters() {
    return false;
  }

  /** An error that names the place of a row. */
  DataException problem(int row, String message, String hint);
}
