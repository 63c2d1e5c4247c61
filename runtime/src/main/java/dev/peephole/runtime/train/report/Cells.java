package dev.peephole.runtime.train.report;

import dev.peephole.runtime.Insight;
import dev.peephole.runtime.train.report.chart.Drawing;
import dev.peephole.runtime.train.report.chart.HeatMap;
import dev.peephole.runtime.train.report.chart.Scale;
import dev.peephole.runtime.train.report.record.Recording;
import dev.peephole.runtime.train.report.record.Table;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The values of recurrences over time, in one example: gates, candidates, states. */
final class Cells {
  private final Recording recording;
  private final Table activity;
  private final List<String> symbols;

  /**
   * @param symbols what the example has at each time step; empty if these are no labels
   */
  Cells(Recording recording, List<String> symbols) {
    this.recording = recording;
    this.activity = recording.activity();
    this.symbols = symbols;
  }

  List<Figure> figures() {
    return activity.texts("value").stream().map(this::figure).toList();
  }

  private Figure figure(String value) {
    Table of = activity.where("value", value);
    List<String> units = of.texts("unit");
    int steps = of.size() / units.size();
    double[] all = of.numbers("number");
    double[][] numbers = new double[units.size()][steps];
    for (int i = 0; i < all.length; i++) {
      numbers[i / steps][i % steps] = all[i];
    }
    Optional<Insight.Flat> flat = recording.flat(value).filter(f -> Double.isFinite(f.high()));
    Scale scale =
        flat.isPresent()
            ? Scale.even(0, 1, flat.get().low(), flat.get().high())
            : Scale.even(0, 1, all);
    List<String> columns =
        IntStream.range(0, steps)
            .mapToObj(t -> t < symbols.size() ? symbols.get(t) : Integer.toString(t + 1))
            .toList();
    String finding = finding(value, numbers);
    Drawing map =
        new HeatMap(
            value + " of each unit over time. " + finding,
            symbols.isEmpty() ? "time step" : "symbol by symbol",
            units,
            columns,
            numbers,
            scale);
    return new Figure("activity-" + value, value + " over time", map, finding, activity.file());
  }

  /** What is seen of a value's units over time. */
  static String finding(String value, double[][] numbers) {
    double sum = 0;
    DoubleSummaryStatistics liveliest = new DoubleSummaryStatistics();
    int which = 0;
    for (int u = 0; u < numbers.length; u++) {
      DoubleSummaryStatistics unit = Arrays.stream(numbers[u]).summaryStatistics();
      sum += unit.getSum();
      if (u == 0 || unit.getMax() - unit.getMin() > liveliest.getMax() - liveliest.getMin()) {
        liveliest = unit;
        which = u;
      }
    }
    double mean = sum / numbers.length / numbers[0].length;
    return "In this example %s is %s on average; unit %s moves most, between %s and %s."
        .formatted(
            value,
            Words.number(mean),
            which,
            Words.number(liveliest.getMin()),
            Words.number(liveliest.getMax()));
  }
}
