package dev.peephole.runtime.data.example;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.format.Csv;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What fills an input or a target of a network.
 *
 * @param tensor the name of the input or target
 * @param selector the fields that fill it
 */
public record Binding(String tensor, Selector selector) {

  /** The same as the constructor, for plans to read well. */
  public static Binding bind(String tensor, Selector selector) {
    return new Binding(tensor, selector);
  }

  /**
   * Checks that the fields of a source can fill the tensor: their numbers, one after another, must
   * be as many. A single field with several axes must have the tensor's axes too, those of length 1
   * left aside, unless one of the two is flat; the rows of a window or of a sequence are an axis in
   * front.
   *
   * @param fields what the source has to offer
   * @param shape the tensor's shape, {@link Tensor#OPEN} for an axis of any length
   * @return the places of the chosen fields
   * @throws DataException if a field is not there, or the shapes disagree
   */
  public List<Integer> check(Source source, List<Field> fields, List<Integer> shape) {
    List<Integer> positions = selector.positions(source, fields);
    List<Field> chosen =
        positions.stream().map(position -> fields.get(position).filling(tensor, shape)).toList();
    int numbers = chosen.stream().mapToInt(Field::size).sum();
    boolean open = shape.contains(Tensor.OPEN);
    int rows = open && source.sequential() ? Tensor.OPEN : selector.rows().count();
    int wanted = shape.stream().filter(n -> n != Tensor.OPEN).reduce(1, Math::multiplyExact);
    if (open && rows == 1 && numbers == wanted) {
      throw noSequence(source, shape);
    }
    boolean enough =
        rows == Tensor.OPEN
            ? numbers == wanted
            : open ? rows * numbers % wanted == 0 : (long) rows * numbers == wanted;
    if (!enough || !sameAxes(axes(rows, chosen, numbers), shape)) {
      String what = describe(chosen, numbers) + (rows > 1 ? " of " + rows + " rows" : "");
      String unit = (wanted == 1 ? " number" : " numbers") + (open ? " a step" : " an example");
      throw DataException.in(
          source.name(), what + " cannot fill " + told(shape), tensor + " takes " + wanted + unit);
    }
    return positions;
  }

  private DataException noSequence(Source source, List<Integer> shape) {
    return DataException.in(
        source.name(),
        "a row is one step, and " + told(shape) + " takes a sequence",
        source instanceof Csv
            ? "say which rows belong together, csv(…, series: \"column\"), or take windows"
            : "take windows, and write their length instead of *");
  }

  private String told(List<Integer> shape) {
    return shape.stream()
        .map(length -> length == Tensor.OPEN ? "*" : length.toString())
        .collect(Collectors.joining(", ", tensor + ": [", "]"));
  }

  /** What the chosen fields have: one field its own axes, several a single one. */
  private static List<Integer> axes(int rows, List<Field> chosen, int numbers) {
    List<Integer> row = chosen.size() == 1 ? chosen.get(0).shape() : List.of(numbers);
    return Stream.concat(Stream.of(rows), row.stream()).toList();
  }

  private static boolean sameAxes(List<Integer> field, List<Integer> tensor) {
    List<Integer> longer = field.stream().filter(length -> length != 1).toList();
    List<Integer> wanted = tensor.stream().filter(length -> length != 1).toList();
    return longer.size() <= 1 || wanted.size() <= 1 || sameLengths(longer, wanted);
  }

  /** Whether they are the same, one of any length being the same as every other. */
  private static boolean sameLengths(List<Integer> field, List<Integer> tensor) {
    return field.size() == tensor.size()
        && IntStream.range(0, field.size())
            .allMatch(i -> tensor.get(i) == Tensor.OPEN || field.get(i).equals(tensor.get(i)));
  }

  private static String describe(List<Field> chosen, int numbers) {
    if (chosen.size() == 1) {
      return "the field " + chosen.get(0).name() + ": " + chosen.get(0).shape();
    }
    return chosen.size() == numbers
        ? chosen.size() + " columns"
        : chosen.size() + " fields with " + numbers + " numbers";
  }
}
