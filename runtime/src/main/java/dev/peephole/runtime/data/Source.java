package dev.peephole.runtime.data;

import java.util.List;
import java.util.Optional;

/**
 * Where examples come from: files of a format, or a generator.
 *
 * <p>Every method throws {@link DataException} for whatever is wrong with the files.
 */
public interface Source {

  /** What messages call it: its file as written, or the generator's name. */
  String name();

  /** The files that it reads, as written; none if it makes its examples up. */
  default List<String> files() {
    return List.of();
  }

  /** What it has to offer for each example; reads no more than the files' headers. */
  List<Field> fields(DataFolder folder);

  /** What messages call one of its fields. */
  default String called(Field field) {
    return field.name();
  }

  /** Whether its rows are the steps of sequences: {@link Table#sequences} says which ones. */
  default boolean sequential() {
    return false;
  }

  /**
   * Loads the fields that are asked for.
   *
   * @param seed what a generator draws from
   */
  Table load(DataFolder folder, List<Table.Request> requests, long seed);

  /**
   * The same kind of source over one file that holds inputs alone, for predictions.
   *
   * @param file a path, relative to the working directory
   * @return absent if this kind of source cannot read that file, or reads none at all
   */
  default Optional<Source> over(String file) {
    return Optional.empty();
  }
}
