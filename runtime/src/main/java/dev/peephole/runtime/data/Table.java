package dev.peephole.runtime.data;

import java.util.List;
import java.util.Optional;

/**
 * What a source has loaded.
 *
 * @param rows how many rows there are, at least one
 * @param sequences which of them belong together, if the source says so
 * @param columns the fields that were asked for, in that order
 */
public record Table(int rows, Optional<Sequences> sequences, List<Column> columns) {

  /** Picks the columns that are asked for out of those of all fields; each row is for itself. */
  public static Table of(int rows, List<Column> fields, List<Request> requests) {
    return new Table(rows, Optional.empty(), picked(fields, requests));
  }

  /** The same for rows that make up sequences. */
  public static Table of(Sequences sequences, List<Column> fields, List<Request> requests) {
    int rows = sequences.starts()[sequences.count()];
    return new Table(rows, Optional.of(sequences), picked(fields, requests));
  }

  private static List<Column> picked(List<Column> fields, List<Request> requests) {
    return requests.stream().map(request -> fields.get(request.position())).toList();
  }

  /**
   * A field that is asked for.
   *
   * @param position the field's place among {@link Source#fields}
   * @param labels whether it fills labels, which may be text
   * @param shape the lengths of the axes that it is to have for each row
   */
  public record Request(int position, boolean labels, List<Integer> shape) {}
}
