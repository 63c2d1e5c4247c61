package dev.peephole.runtime.train.output;

import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.train.metric.Measurement;
import dev.peephole.runtime.train.progress.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** What was measured on each fold, and over all: mean and standard deviation (of n − 1). */
public final class FoldTable {
  private static final String LOSS = "loss";
  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";

  private final Map<String, double[]> figures = new LinkedHashMap<>();
  private final int folds;

  /**
   * @param measured a measurement a fold
   */
  public FoldTable(List<Measurement> measured) {
    folds = measured.size();
    figures.put(LOSS, measured.stream().mapToDouble(Measurement::loss).toArray());
    for (String name : measured.get(0).metrics().keySet()) {
      figures.put(name, measured.stream().mapToDouble(m -> m.metrics().get(name)).toArray());
    }
  }

  /** The means. */
  public Measurement mean() {
    Map<String, Double> means = new LinkedHashMap<>();
    figures.forEach((name, values) -> means.put(name, mean(values)));
    double loss = means.remove(LOSS);
    return new Measurement(loss, means);
  }

  /** The table as text. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows(Figures::significant)) {
      StringBuilder line = new StringBuilder("%-10s".formatted(row.get(0)));
      int c = 1;
      for (String name : figures.keySet()) {
        int width = Math.max(10, name.length());
        line.append("  ").append(" ".repeat(width - row.get(c).length())).append(row.get(c++));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** The same for spreadsheets, with all digits. */
  public String csv() {
    StringBuilder csv = new StringBuilder();
    rows(Json::number).forEach(row -> csv.append(String.join(",", row)).append('\n'));
    return csv.toString().replaceFirst("^,", "fold,");
  }

  private List<List<String>> rows(DoubleFunction<String> number) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("", figures.keySet()));
    for (int f = 0; f < folds; f++) {
      int fold = f;
      rows.add(
          row(
              "fold " + (f + 1),
              figures.values().stream().map(values -> number.apply(values[fold])).toList()));
    }
    rows.add(
        row(MEAN, figures.values().stream().map(values -> number.apply(mean(values))).toList()));
    rows.add(
        row(
            DEVIATION,
            figures.values().stream().map(values -> number.apply(deviation(values))).toList()));
    return rows;
  }

  private static List<String> row(String first, Iterable<String> others) {
    List<String> row = new ArrayList<>(List.of(first));
    others.forEach(row::add);
    return row;
  }

  /** The event for {@code --json}. */
  public Map<String, Object> event(String run) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "folds");
    figures.forEach(
        (name, values) ->
            event.put(
                name.equals(LOSS) ? "test_loss" : name,
                Map.of(MEAN, known(mean(values)), DEVIATION, known(deviation(values)))));
    event.put("run", run);
    return event;
  }

  private static Object known(double value) {
    return Double.isFinite(value) ? (Object) value : "undefined";
  }

  /** NaN if it is not defined for one of the folds. */
  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }
}
