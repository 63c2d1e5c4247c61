package dev.peephole.runtime.train.output;

import dev.peephole.runtime.train.progress.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A result as a table: a row a part of the data, a column a figure. */
public final class ResultTable {
  private static final String LOSS = "loss";

  private ResultTable() {}

  /** The lines of the table. */
  public static List<String> lines(Result result) {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    result.loss().ifPresent(loss -> row(rows, Result.TRAINING).put(LOSS, loss));
    result
        .parts()
        .forEach(
            (part, measured) -> {
              row(rows, part).putIfAbsent(LOSS, measured.loss());
              row(rows, part).putAll(measured.metrics());
            });
    Set<String> columns = new LinkedHashSet<>();
    rows.values().forEach(row -> columns.addAll(row.keySet()));
    List<String> lines = new ArrayList<>();
    lines.add(line("", columns.stream().toList(), columns));
    rows.forEach((part, row) -> lines.add(line(part, cells(row, columns), columns)));
    result
        .parts()
        .forEach(
            (part, measured) ->
                measured
                    .tables()
                    .forEach(
                        table -> {
                          lines.add("");
                          lines.addAll(table.lines(part));
                        }));
    return lines;
  }

  private static Map<String, Double> row(Map<String, Map<String, Double>> rows, String part) {
    return rows.computeIfAbsent(part, name -> new LinkedHashMap<>());
  }

  private static List<String> cells(Map<String, Double> row, Set<String> columns) {
    return columns.stream()
        .map(column -> row.containsKey(column) ? Figures.significant(row.get(column)) : "")
        .toList();
  }

  private static String line(String part, List<String> cells, Set<String> columns) {
    StringBuilder line = new StringBuilder("%-10s".formatted(part));
    int c = 0;
    for (String column : columns) {
      String cell = cells.get(c++);
      line.append("  ").append(" ".repeat(width(column) - cell.length())).append(cell);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String column) {
    return Math.max(10, column.length());
  }
}
