package dev.peephole.runtime.data.format;

import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.Decimal;
import dev.peephole.runtime.data.Sequences;
import dev.peephole.runtime.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Reads the columns that are asked for out of the rows of a CSV file. */
final class CsvLoading {
  private final CsvRows rows;
  private final List<Table.Request> requests;
  private final Map<String, String> distinct = new HashMap<>();
  private final Map<String, IntStream.Builder> rowsOfSeries = new LinkedHashMap<>();

  private CsvLoading(CsvRows rows, List<Table.Request> requests) {
    this.rows = rows;
    this.requests = requests;
  }

  /**
   * Reads all rows.
   *
   * @param series the column that says which series a row belongs to, if there are several
   * @throws DataException if there are none, or a field is missing or not the number it should be
   */
  static Table load(CsvRows rows, List<Table.Request> requests, Optional<Integer> series) {
    return new CsvLoading(rows, requests).table(series);
  }

  private Table table(Optional<Integer> series) {
    LongStream.Builder lines = LongStream.builder();
    List<DoubleStream.Builder> numbers = new ArrayList<>();
    List<List<String>> texts = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      numbers.add(DoubleStream.builder());
      texts.add(new ArrayList<>());
    }
    int count = 0;
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
      if (series.isPresent()) {
        String name = text(series.get());
        rowsOfSeries.computeIfAbsent(name, unseen -> IntStream.builder()).add(count);
      }
      count++;
    }
    if (count == 0) {
      throw rows.noRows();
    }
    return series.isPresent()
        ? inSeries(lines.build().toArray(), numbers, texts)
        : new Table(
            count,
            Optional.empty(),
            columns(lines.build().toArray(), numbers, texts, IntStream.range(0, count).toArray()));
  }

  /** The rows of the first series, then those of the second, and so on. */
  private Table inSeries(
      long[] lines, List<DoubleStream.Builder> numbers, List<List<String>> texts) {
    List<int[]> parts = rowsOfSeries.values().stream().map(b -> b.build().toArray()).toList();
    int[] starts = new int[parts.size() + 1];
    for (int s = 0; s < parts.size(); s++) {
      starts[s + 1] = starts[s] + parts.get(s).length;
    }
    int[] order = parts.stream().flatMapToInt(Arrays::stream).toArray();
    Sequences sequences = new Sequences(starts, Optional.of(List.copyOf(rowsOfSeries.keySet())));
    return new Table(lines.length, Optional.of(sequences), columns(lines, numbers, texts, order));
  }

  private List<Column> columns(
      long[] lines, List<DoubleStream.Builder> numbers, List<List<String>> texts, int[] order) {
    long[] ordered = IntStream.of(order).mapToLong(row -> lines[row]).toArray();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      List<String> text = texts.get(i);
      if (requests.get(i).labels()) {
        columns.add(new Texts(rows, ordered, IntStream.of(order).mapToObj(text::get).toList()));
      } else {
        double[] read = numbers.get(i).build().toArray();
        double[] column = IntStream.of(order).mapToDouble(row -> read[row]).toArray();
        columns.add(new Numbers(rows, ordered, column));
      }
    }
    return columns;
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
              boolean comma = text.matches("[-+]?[0-9]*,[0-9]+");
              String hint = comma ? "a decimal point is written ." : rows.numberHint();
              return rows.problem(rows.line(), message, hint);
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
