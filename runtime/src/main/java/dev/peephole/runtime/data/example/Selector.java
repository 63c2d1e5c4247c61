package dev.peephole.runtime.data.example;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Nearest;
import dev.peephole.runtime.data.Source;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Which fields of a source fill a tensor, one after another, by their names or by their numbers.
 *
 * @param names the fields' names; empty if they are chosen by number
 * @param numbers the fields' numbers, counted from 0; empty if they are chosen by name
 * @param map what is done to each number
 * @param rows the rows of a window that they are taken from, one after another
 */
public record Selector(
    List<String> names, List<Integer> numbers, DoubleUnaryOperator map, Rows rows) {
  /** What is done to numbers that are taken as they are. */
  static final DoubleUnaryOperator AS_THEY_ARE = DoubleUnaryOperator.identity();

  public Selector {
    names = List.copyOf(names);
    numbers = List.copyOf(numbers);
  }

  /** Fields by name. */
  public static Selector columns(String... names) {
    return new Selector(List.of(names), List.of(), AS_THEY_ARE, Rows.ONE);
  }

  /** Fields by number, counted from 0. */
  public static Selector columns(int... numbers) {
    List<Integer> list = Arrays.stream(numbers).boxed().toList();
    return new Selector(List.of(), list, AS_THEY_ARE, Rows.ONE);
  }

  /** One field by name. */
  public static Selector field(String name) {
    return columns(name);
  }

  /** The same fields with a function applied to each of their numbers. */
  public Selector map(DoubleUnaryOperator function) {
    DoubleUnaryOperator changed = map == AS_THEY_ARE ? function : map.andThen(function);
    return new Selector(names, numbers, changed, rows);
  }

  /** The same fields of some rows of each window, counted from 0, the end not included. */
  public Selector rows(int from, int to) {
    return new Selector(names, numbers, map, new Rows(from, to));
  }

  /**
   * The places of the chosen fields among those that a source has.
   *
   * @throws DataException if one is not there
   */
  List<Integer> positions(Source source, List<Field> fields) {
    if (names.isEmpty()) {
      return numbers.stream().map(number -> checked(source, number, fields.size())).toList();
    }
    List<String> there = fields.stream().map(Field::name).toList();
    return names.stream().map(name -> column(source, name, there)).toList();
  }

  /**
   * The place of one name among those that there are.
   *
   * @throws DataException if it is not there
   */
  private static int column(Source source, String name, List<String> there) {
    int position = there.indexOf(name);
    if (position < 0) {
      throw DataException.in(source.name(), "has no " + name, hint(name, there));
    } else if (there.lastIndexOf(name) != position) {
      throw DataException.in(
          source.name(),
          "has two columns that are called " + name,
          "take them by their numbers, %s and %s, counted from 0"
              .formatted(position, there.lastIndexOf(name)));
    }
    return position;
  }

  private static String hint(String name, List<String> there) {
    boolean one = there.size() == 1 && there.get(0).matches(".*[;\t].*");
    return one
        ? "its columns are divided by "
            + (there.get(0).contains(";") ? "semicolons" : "tabs")
            + ", and a table has commas"
        : Nearest.hint(name, there);
  }

  private static int checked(Source source, int number, int count) {
    if (number < 0 || number >= count) {
      String hint = "there are " + count + ", counted from 0 to " + (count - 1);
      throw DataException.in(source.name(), "has no column " + number, hint);
    }
    return number;
  }
}
