package dev.peephole.runtime.data.format;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Nearest;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import java.util.List;
import java.util.Optional;

/**
 * A table of comma-separated values (RFC 4180), UTF-8, an example or a time step a row; empty lines
 * are skipped.
 *
 * @param path relative to the model file
 * @param header whether the first row names the columns; if not, they are called 0, 1, …
 * @param series the column that says which series a row belongs to; all rows in which it says the
 *     same are one, in the order of the file, and the series are in the order of their first rows
 */
public record Csv(String path, boolean header, Optional<String> series) implements Source {

  /** A table whose first row names the columns. */
  public Csv(String path) {
    this(path, true);
  }

  /** A table whose rows are examples, or of a single series. */
  public Csv(String path, boolean header) {
    this(path, header, Optional.empty());
  }

  /** A table with several series. */
  public Csv(String path, boolean header, String series) {
    this(path, header, Optional.of(series));
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
      series.ifPresent(column -> position(column, rows));
      return rows.columns().stream().map(Field::of).toList();
    }
  }

  @Override
  public String called(Field field) {
    return called(field.name(), header);
  }

  /** What messages call a column. */
  static String called(String column, boolean header) {
    return header ? "column \"" + column + "\"" : "column " + column;
  }

  @Override
  public boolean sequential() {
    return series.isPresent();
  }

  @Override
  public Table load(DataFolder folder, List<Table.Request> requests, long seed) {
    try (CsvRows rows = new CsvRows(folder.find(path), header)) {
      return CsvLoading.load(rows, requests, series.map(column -> position(column, rows)));
    }
  }

  /** Where the column is that tells the series apart. */
  private int position(String column, CsvRows rows) {
    int position = rows.columns().indexOf(column);
    if (position < 0) {
      String message = "has no column \"" + column + "\" to say which rows belong together";
      throw DataException.in(path, message, Nearest.hint(column, rows.columns()));
    }
    return position;
  }

  @Override
  public Optional<Source> over(String file) {
    return Optional.of(new Csv(file, header, series));
  }
}
