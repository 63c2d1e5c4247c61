package dev.peephole.runtime.data;

import java.util.List;

/**
 * What a source has loaded.
 *
 * @param examples how many examples there are, at least one
 * @param columns the fields that were asked for, in that order
 */
public record Table(int examples, List<Column> columns) {

  /** Picks the columns that are asked for out of those of all fields. */
  static Table of(int examples, List<Column> fields, List<Request> requests) {
    return new Table(examples, requests.stream().map(r -> fields.get(r.position())).toList());
  }

  /**
   * A field that is asked for.
   *
   * @param position the field's place among {@link Source#fields}
   * @param labels whether it fills labels, which may be text
   */
  public record Request(int position, boolean labels) {}
}
