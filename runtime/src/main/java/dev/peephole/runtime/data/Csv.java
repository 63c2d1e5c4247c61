package dev.peephole.runtime.data;

import java.util.List;
import java.util.Optional;

/**
 * A table of comma-separated values (RFC 4180), UTF-8, an example a row; empty lines are skipped.
 *
 * @param path relative to the model file
 * @param header whether the first row names the columns; if not, they are called 0, 1, …
 */
public record Csv(String path, boolean header) implements Source {

  /** A table whose first row names the columns. */
  public Csv(String path) {
    this(path, true);
  }

  @Override
  public String name() {
    return path;
  }

  @Override
  public List<String> files() {
    return List.of(path);
  }

  @Override
  public List<Field> fields(DataFolder folder) {
    try (CsvRows rows = new CsvRows(folder.find(path), header)) {
      return rows.columns().stream().map(Field::of).toList();
    }
  }

  @Override
  public Table load(DataFolder folder, List<Table.Request> requests, long seed) {
    try (CsvRows rows = new CsvRows(folder.find(path), header)) {
      return CsvLoading.load(rows, requests);
    }
  }

  @Override
  public Optional<Source> over(String file) {
    return Optional.of(new Csv(file, header));
  }
}
