package dev.peephole.runtime.data;

import dev.peephole.runtime.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * What fills one tensor, as the source has it: the numbers of the chosen fields, one after another,
 * in double precision.
 */
final class RawValues {
  private final Tensor tensor;
  private final DoubleUnaryOperator map;
  private final Column[] columns;
  private final int[] offsets;

  private RawValues(Tensor tensor, DoubleUnaryOperator map, Column[] columns, int[] offsets) {
    this.tensor = tensor;
    this.map = map;
    this.columns = columns;
    this.offsets = offsets;
  }

  /**
   * Joins columns.
   *
   * @param fields what the columns hold
   */
  static RawValues join(
      Tensor tensor, DoubleUnaryOperator map, List<Field> fields, List<Column> columns) {
    Column[] column = new Column[tensor.size()];
    int[] offset = new int[column.length];
    int k = 0;
    for (int f = 0; f < fields.size(); f++) {
      for (int i = 0; i < fields.get(f).size(); i++) {
        column[k] = columns.get(f);
        offset[k++] = i;
      }
    }
    return new RawValues(tensor, map, column, offset);
  }

  /** The tensor that is filled. */
  Tensor tensor() {
    return tensor;
  }

  /** The numbers of one example. */
  int width() {
    return columns.length;
  }

  /**
   * The k-th number of an example.
   *
   * @throws DataException if it is not finite
   */
  double number(int example, int k) {
    double number = map.applyAsDouble(columns[k].number(example, offsets[k]));
    if (!Double.isFinite(number)) {
      throw problem(example, k, tensor.name() + " would be " + number + " here", "");
    }
    return number;
  }

  /** What stands there, if it is text. */
  Optional<String> text(int example, int k) {
    return columns[k].text(example);
  }

  /** An error that names the place of the k-th number of an example. */
  DataException problem(int example, int k, String message, String hint) {
    return columns[k].problem(example, message, hint);
  }
}
