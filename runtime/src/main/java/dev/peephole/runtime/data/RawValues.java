package dev.peephole.runtime.data;

import dev.peephole.runtime.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * What fills one tensor, as the source has it: the numbers of the chosen fields, one after another,
 * in double precision, for each row of a window if there are windows.
 */
final class RawValues {
  private final Tensor tensor;
  private final DoubleUnaryOperator map;
  private final int step;
  private final int[] rows;
  private final Column[] columns;
  private final int[] offsets;

  /**
   * Joins columns.
   *
   * @param selector which rows of a window are taken, and what is done to their numbers
   * @param step the rows between two examples
   * @param fields what the columns hold
   */
  RawValues(Tensor tensor, Selector selector, int step, List<Field> fields, List<Column> columns) {
    this.tensor = tensor;
    this.map = selector.map();
    this.step = step;
    this.rows = new int[tensor.size()];
    this.columns = new Column[rows.length];
    this.offsets = new int[rows.length];
    int k = 0;
    for (int row = selector.rows().from(); row < selector.rows().to(); row++) {
      for (int f = 0; f < fields.size(); f++) {
        for (int i = 0; i < fields.get(f).size(); i++) {
          rows[k] = row;
          this.columns[k] = columns.get(f);
          offsets[k++] = i;
        }
      }
    }
  }

  /** The tensor that is filled. */
  Tensor tensor() {
    return tensor;
  }

  /** The numbers of one example. */
  int width() {
    return columns.length;
  }

  /** The numbers of one row; an example without windows has but one. */
  int rowWidth() {
    int width = 1;
    while (width < rows.length && rows[width] == rows[0]) {
      width++;
    }
    return width;
  }

  /** Whether they are the characters of a text. */
  boolean characters() {
    return columns[0].characters();
  }

  /**
   * The k-th number of an example.
   *
   * @throws DataException if it is not finite
   */
  double number(int example, int k) {
    return inRow(example * step + rows[k], k);
  }

  /** The k-th number of a row of the source, k less than {@link #rowWidth}. */
  double inRow(int row, int k) {
    double number = map.applyAsDouble(columns[k].number(row, offsets[k]));
    if (!Double.isFinite(number)) {
      throw columns[k].problem(row, tensor.name() + " would be " + number + " here", "");
    }
    return number;
  }

  /** What stands at the k-th place of an example, if it is text. */
  Optional<String> text(int example, int k) {
    return textInRow(example * step + rows[k], k);
  }

  /** What stands at the k-th place of a row of the source, if it is text. */
  Optional<String> textInRow(int row, int k) {
    return columns[k].text(row);
  }

  /** An error that names the place of the k-th number of an example. */
  DataException problem(int example, int k, String message, String hint) {
    return columns[k].problem(example * step + rows[k], message, hint);
  }

  /** An error that names the place of a row of the source. */
  DataException problemInRow(int row, String message, String hint) {
    return columns[0].problem(row, message, hint);
  }
}
