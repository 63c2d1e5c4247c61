package dev.peephole.runtime.data.example;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.framing.Framing;
import dev.peephole.runtime.data.framing.WholeSequences;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * What fills one tensor, as the source has it: the numbers of the chosen fields, one after another,
 * in double precision, for each row of an example that the tensor takes.
 */
final class RawValues {
  private final Tensor tensor;
  private final DoubleUnaryOperator map;
  private final Framing framing;
  private final Rows rows;
  private final List<Field> fields;
  private final Column[] columns;
  private final int[] offsets;

  /**
   * Joins columns.
   *
   * @param selector which rows of a window are taken, and what is done to their numbers
   * @param framing which rows make an example
   * @param fields what the columns hold
   */
  RawValues(
      Tensor tensor, Selector selector, Framing framing, List<Field> fields, List<Column> columns) {
    this.tensor = tensor;
    this.map = selector.map();
    this.framing = framing;
    this.rows = selector.rows();
    this.fields = fields;
    int width = fields.stream().mapToInt(Field::size).sum();
    this.columns = new Column[width];
    this.offsets = new int[width];
    int k = 0;
    for (int f = 0; f < fields.size(); f++) {
      for (int i = 0; i < fields.get(f).size(); i++) {
        this.columns[k] = columns.get(f);
        offsets[k++] = i;
      }
    }
  }

  /** The tensor that is filled. */
  Tensor tensor() {
    return tensor;
  }

  /** The fields that fill it, one after another. */
  List<Field> fields() {
    return fields;
  }

  /** Whether the tensor takes all steps of a sequence, however many there are. */
  boolean open() {
    return tensor.open();
  }

  /** The numbers that one row has for the tensor. */
  int rowWidth() {
    return columns.length;
  }

  /** The numbers after which those of an example are of the same kind again. */
  int period() {
    return open() ? tensor.size() : rowWidth();
  }

  /** The first row that an example has for the tensor. */
  int first(int example) {
    return framing.first(example) + rows.from();
  }

  /** How many rows an example has for the tensor. */
  int rows(int example) {
    return takesWholeSequences() ? framing.length(example) : rows.count();
  }

  /** The numbers of an example. */
  int width(int example) {
    return rows(example) * rowWidth();
  }

  /** The steps of an example of an {@link #open} tensor. */
  int steps(int example) {
    return width(example) / tensor.size();
  }

  private boolean takesWholeSequences() {
    return open() && framing instanceof WholeSequences;
  }

  /** The rows that some examples have for the tensor, each once. */
  int[] rows(int[] examples) {
    boolean one = framing instanceof WholeSequences && !open();
    return one ? IntStream.of(examples).map(this::first).toArray() : framing.rows(examples);
  }

  /** Whether something is done to each number. */
  boolean changed() {
    return map != Selector.AS_THEY_ARE;
  }

  /** Whether they are the characters of a text. */
  boolean characters() {
    return columns[0].characters();
  }

  /** What the labels are called if the source itself numbers them. */
  List<String> classes() {
    return columns[0].classes();
  }

  /**
   * The k-th number of a row of the source, k less than {@link #rowWidth}.
   *
   * @throws DataException if it is not finite
   */
  double number(int row, int k) {
    double number = map.applyAsDouble(columns[k].number(row, offsets[k]));
    if (!Double.isFinite(number)) {
      throw columns[k].problem(row, tensor.name() + " would be " + number + " here", "");
    }
    return number;
  }

  /** What stands at the k-th place of a row of the source, if it is text. */
  Optional<String> text(int row, int k) {
    return columns[k].text(row);
  }

  /** An error that names the place of the k-th number of a row of the source. */
  DataException problem(int row, int k, String message, String hint) {
    return columns[k].problem(row, message, hint);
  }

  /**
   * Checks that a tensor that takes one row of a sequence finds the same in all of them.
   *
   * @throws DataException if a value changes within a sequence
   */
  void requireOneValueASequence() {
    if (!(framing instanceof WholeSequences whole) || open()) {
      return;
    }
    for (int s = 0; s < whole.count(); s++) {
      int first = whole.first(s);
      for (int row = first + 1; row < first + whole.length(s); row++) {
        for (int k = 0; k < rowWidth(); k++) {
          requireSame(first, row, k, whole.sequences().name(s));
        }
      }
    }
  }

  private void requireSame(int first, int row, int k, String sequence) {
    Optional<String> text = text(first, k);
    boolean same =
        text.isPresent() ? text.equals(text(row, k)) : number(first, k) == number(row, k);
    if (!same) {
      String what = tensor.name() + " takes one value a series";
      String hint =
          "declare %s with an axis [*] if it has one at each step".formatted(tensor.name());
      throw problem(row, k, what + ", and it changes within the series " + sequence, hint);
    }
  }
}
