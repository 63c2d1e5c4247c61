package dev.peephole.runtime.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Reads the columns that are asked for out of the rows of a CSV file. */
final class CsvLoading {
  private final CsvRows rows;
  private final LongStream.Builder lines = LongStream.builder();
  private final Map<String, String> distinct = new HashMap<>();

  private CsvLoading(CsvRows rows) {
    this.rows = rows;
  }

  /**
   * Reads all rows.
   *
   * @throws DataException if there are none, or a field is missing or not the number it should be
   */
  static Table load(CsvRows rows, List<Table.Request> requests) {
    return new CsvLoading(rows).columns(requests);
  }

  private Table columns(List<Table.Request> requests) {
    List<DoubleStream.Builder> numbers = new ArrayList<>();
    List<List<String>> texts = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      numbers.add(DoubleStream.builder());
      texts.add(new ArrayList<>());
    }
    while (rows.next()) {
      lines.add(rows.line());
      for (int i = 0; i < requests.size(); i++) {
        int position = requests.get(i).position();
        if (requests.get(i).labels()) {
          texts.get(i).add(distinct.computeIfAbsent(text(position), text -> text));
        } else {
          numbers.get(i).add(number(position));
        }
      }
    }
    return table(requests, numbers, texts);
  }

  private Table table(
      List<Table.Request> requests, List<DoubleStream.Builder> numbers, List<List<String>> texts) {
    long[] line = lines.build().toArray();
    if (line.length == 0) {
      throw rows.noRows();
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      columns.add(
          requests.get(i).labels()
              ? new Texts(rows, line, texts.get(i))
              : new Numbers(rows, line, numbers.get(i).build().toArray()));
    }
    return new Table(line.length, columns);
  }

  private String text(int position) {
    String text = rows.text(position);
    if (text.isEmpty()) {
      String message = "there is nothing in " + rows.column(position);
      throw rows.problem(rows.line(), message, "fill it in, or remove the row");
    }
    return text;
  }

  private double number(int position) {
    String text = text(position);
    return Decimal.parse(text)
        .orElseThrow(
            () -> {
              String message = "\"" + text + "\" in " + rows.column(position) + " is not a number";
              return rows.problem(rows.line(), message, rows.numberHint());
            });
  }

  private record Numbers(CsvRows rows, long[] lines, double[] numbers) implements Column {
    @Override
    public double number(int example, int k) {
      return numbers[example];
    }

    @Override
    public DataException problem(int example, String message, String hint) {
      return rows.problem(lines[example], message, hint);
    }
  }

  private record Texts(CsvRows rows, long[] lines, List<String> texts) implements Column {
    @Override
    public double number(int example, int k) {
      String text = texts.get(example);
      return Decimal.parse(text)
          .orElseThrow(() -> problem(example, "\"" + text + "\" is not a number", ""));
    }

    @Override
    public Optional<String> text(int example) {
      return Optional.of(texts.get(example));
    }

    @Override
    public DataException problem(int example, String message, String hint) {
      return rows.problem(lines[example], message, hint);
    }
  }
}
