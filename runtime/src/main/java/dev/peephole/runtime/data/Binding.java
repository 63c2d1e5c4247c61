package dev.peephole.runtime.data;

import java.util.List;
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
   * left aside, unless one of the two is flat; the rows of a window are an axis in front.
   *
   * @param fields what the source has to offer
   * @param shape the tensor's shape
   * @return the places of the chosen fields
   * @throws DataException if a field is not there, or the shapes disagree
   */
  public List<Integer> check(Source source, List<Field> fields, List<Integer> shape) {
    List<Integer> positions = selector.positions(source, fields);
    List<Field> chosen = positions.stream().map(fields::get).toList();
    int numbers = chosen.stream().mapToInt(Field::size).sum();
    int rows = selector.rows().count();
    int wanted = shape.stream().reduce(1, Math::multiplyExact);
    if ((long) rows * numbers != wanted || !sameAxes(axes(rows, chosen, numbers), shape)) {
      String what = describe(chosen, numbers) + (rows == 1 ? "" : " of " + rows + " rows");
      throw DataException.in(
          source.name(),
          what + " cannot fill " + tensor + ": " + shape,
          tensor
              + " takes "
              + wanted
              + (wanted == 1 ? " number an example" : " numbers an example"));
    }
    return positions;
  }

  /** What the chosen fields have: one field its own axes, several a single one. */
  private static List<Integer> axes(int rows, List<Field> chosen, int numbers) {
    List<Integer> row = chosen.size() == 1 ? chosen.get(0).shape() : List.of(numbers);
    return Stream.concat(Stream.of(rows), row.stream()).toList();
  }

  private static boolean sameAxes(List<Integer> field, List<Integer> tensor) {
    List<Integer> longer = field.stream().filter(length -> length != 1).toList();
    List<Integer> wanted = tensor.stream().filter(length -> length != 1).toList();
    return longer.size() <= 1 || wanted.size() <= 1 || longer.equals(wanted);
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
