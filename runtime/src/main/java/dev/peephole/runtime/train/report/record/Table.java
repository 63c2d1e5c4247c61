package dev.peephole.runtime.train.report.record;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.AtomicFile;
import dev.peephole.runtime.file.Json;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rows of texts and numbers under the names of their columns: what a CSV file holds, and what a
 * chart is drawn from. Numbers are kept as they are written, with the digits that read back as the
 * same bits.
 */
public final class Table {
  private final String name;
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private int stored;

  /**
   * @param name the file's, without {@code .csv}
   */
  public Table(String name, List<String> columns) {
    this.name = name;
    this.columns = List.copyOf(columns);
  }

  public Table(String name, String... columns) {
    this(name, List.of(columns));
  }

  /** The name of the file. */
  public String file() {
    return name + ".csv";
  }

  public List<String> columns() {
    return columns;
  }

  /** Adds a row; numbers that are missing are NaN, and written as nothing. */
  public void add(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns);
    }
    rows.add(Stream.of(cells).map(Table::cell).toList());
  }

  private static String cell(Object value) {
    if (value instanceof Double number) {
      return Double.isNaN(number) ? "" : Json.number(number);
    } else if (value instanceof Float number) {
      return Json.number(number);
    }
    return value.toString();
  }

  /** How many rows there are. */
  public int size() {
    return rows.size();
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** A cell. */
  public String text(int row, String column) {
    return rows.get(row).get(place(column));
  }

  /** A cell as a number; NaN if it is empty. */
  public double number(int row, String column) {
    return number(text(row, column));
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  /** The numbers of a column. */
  public double[] numbers(String column) {
    int place = place(column);
    return rows.stream().mapToDouble(row -> number(row.get(place))).toArray();
  }

  /** The different texts of a column, in the order in which they come. */
  public List<String> texts(String column) {
    int place = place(column);
    Set<String> texts = new LinkedHashSet<>();
    rows.forEach(row -> texts.add(row.get(place)));
    return List.copyOf(texts);
  }

  private int place(String column) {
    int place = columns.indexOf(column);
    if (place < 0) {
      throw new IllegalArgumentException(name + " has no column " + column + ", but " + columns);
    }
    return place;
  }

  /** The rows that have a text in a column. */
  public Table where(String column, String text) {
    int place = place(column);
    Table found = new Table(name, columns);
    rows.stream().filter(row -> row.get(place).equals(text)).forEach(found.rows::add);
    return found;
  }

  /** Writes the whole file, in one piece. */
  public void write(Path folder) {
    AtomicFile.write(
        folder.resolve(file()),
        out -> {
          OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          CsvWriter csv = csv(writer);
          csv.writeRecord(columns);
          rows.forEach(csv::writeRecord);
          csv.flush();
        });
    stored = rows.size();
  }

  /** Adds the rows to the file that are not in it yet. */
  public void append(Path folder) {
    Path file = folder.resolve(file());
    if (stored == rows.size()) {
      return;
    } else if (stored == 0) {
      write(folder);
      return;
    }
    StringWriter text = new StringWriter();
    CsvWriter csv = csv(text);
    rows.subList(stored, rows.size()).forEach(csv::writeRecord);
    try {
      csv.flush();
      Files.writeString(file, text.toString(), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw AtomicFile.unwritable(file, e);
    }
    stored = rows.size();
  }

  private static CsvWriter csv(Writer out) {
    return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
  }

  /** A row that a killed process left half written is shorter than others. */
  private static CsvReader<CsvRecord> reader(Path file) throws IOException {
    return CsvReader.builder()
        .allowUnclosedQuote(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(file);
  }

  /**
   * Takes over the rows of its file, if there is one with the same columns, whose number in the
   * first column is not beyond a limit.
   *
   * @throws DataException if the file cannot be read
   */
  public void read(Path folder, int limit) {
    Path file = folder.resolve(file());
    if (Files.notExists(file)) {
      return;
    }
    try (CsvReader<CsvRecord> csv = reader(file)) {
      boolean header = true;
      for (CsvRecord row : csv) {
        if (header && !row.getFields().equals(columns)) {
          return;
        } else if (!header
            && row.getFieldCount() == columns.size()
            && Double.parseDouble(row.getField(0)) <= limit) {
          rows.add(List.copyOf(row.getFields()));
        }
        header = false;
      }
    } catch (IOException | UncheckedIOException | CsvParseException | NumberFormatException e) {
      throw DataException.in(
          file.toString(), "cannot be read: " + e.getMessage(), "delete it to go on without it");
    }
  }
}
