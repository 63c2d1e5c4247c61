package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataException;
import java.util.List;
import java.util.Optional;

/**
 * One field of generated rows.
 *
 * @param generator what messages call it
 * @param width the numbers of a row
 * @param numbers those of all rows, one row after another
 * @param classes what labels are called; empty if they are not labels, or numbers
 */
record Generated(String generator, int width, double[] numbers, List<String> classes)
    implements Column {

  /** A field of numbers. */
  Generated(String generator, int width, double[] numbers) {
    this(generator, width, numbers, List.of());
  }

  @Override
  public double number(int row, int k) {
    return numbers[row * width + k];
  }

  @Override
  public Optional<String> text(int row) {
    return classes.isEmpty() ? Optional.empty() : Optional.of(classes.get((int) numbers[row]));
  }

  @Override
  public DataException problem(int row, String message, String hint) {
    return DataException.in(generator, message + " (row " + row + ", from 0)", hint);
  }
}
