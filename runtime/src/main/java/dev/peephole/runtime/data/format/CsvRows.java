package dev.peephole.runtime.data.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.peephole.runtime.data.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a CSV file, checked to have a field for each column. */
final class CsvRows implements AutoCloseable {
  private final Path path;
  private final String file;
  private final boolean header;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> columns;
  private CsvRecord row;
  private boolean pending;

  /**
   * Opens the file and reads its first row.
   *
   * @throws DataException if it cannot be read, or is empty
   */
  CsvRows(Path path, boolean header) {
    this.path = path;
    file = path.toString();
    this.header = header;
    records = open();
    if (!advance()) {
      close();
      throw DataException.in(file, "is empty", "");
    }
    columns =
        header
            ? row.getFields().stream().map(String::strip).toList()
            : IntStream.range(0, row.getFieldCount()).mapToObj(Integer::toString).toList();
    pending = !header;
  }

  private CloseableIterator<CsvRecord> open() {
    try {
      return CsvReader.builder()
          .allowUnclosedQuote(false)
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
          .ofCsvRecord(Utf8.reader(path))
          .iterator();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private DataException unreadable(IOException e) {
    if (e instanceof CharacterCodingException) {
      try {
        return Utf8.problem(path);
      } catch (IOException again) {
        return unreadable(again);
      }
    }
    return DataException.in(file, "cannot be read: " + e.getMessage(), "");
  }

  /** The names of the columns, or their numbers. */
  List<String> columns() {
    return columns;
  }

  /**
   * Goes to the next row, or to the first one.
   *
   * @return false if there are no more
   * @throws DataException if it has not as many fields as there are columns
   */
  boolean next() {
    if (pending) {
      pending = false;
      return true;
    }
    if (!advance()) {
      return false;
    }
    if (row.getFieldCount() != columns.size()) {
      String message =
          "the row has %s fields, and there are %s columns"
              .formatted(row.getFieldCount(), columns.size());
      throw problem(line(), message, "");
    }
    return true;
  }

  private boolean advance() {
    try {
      row = records.hasNext() ? records.next() : null;
      return row != null;
    } catch (CsvParseException e) {
      throw DataException.in(file, "is not a table of comma-separated values", e.getMessage());
    } catch (UncheckedIOException e) {
      throw unreadable(e.getCause());
    }
  }

  /** What stands in a column of the row, without the spaces around it. */
  String text(int column) {
    return row.getField(column).strip();
  }

  /** What messages call a column. */
  String column(int column) {
    return Csv.called(columns.get(column), header);
  }

  /** What to do about a field that is not a number. */
  String numberHint() {
    return !header && line() == 1 ? "does the first row name the columns? say header: true" : "";
  }

  /** The line on which the row begins, counted from 1. */
  long line() {
    return row.getStartingLineNumber();
  }

  DataException problem(long line, String message, String hint) {
    return DataException.at(file, line, message, hint);
  }

  /** The error of a file that has no rows. */
  DataException noRows() {
    return DataException.in(file, "has a header and no rows", "");
  }

  @Override
  public void close() {
    try {
      records.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
