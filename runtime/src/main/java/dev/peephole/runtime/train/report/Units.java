package dev.peephole.runtime.train.report;

import dev.peephole.runtime.Insight;
import dev.peephole.runtime.train.report.chart.Histogram;
import dev.peephole.runtime.train.report.chart.Lines;
import dev.peephole.runtime.train.report.chart.Series;
import dev.peephole.runtime.train.report.record.Recording;
import dev.peephole.runtime.train.report.record.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How values are distributed, and which units hardly ever move. */
final class Units {
  private static final int HISTOGRAMS = 12;
  private static final int CURVES = 8;

  private final Recording recording;
  private final Table values;
  private final int examples;

  Units(Recording recording) {
    this.recording = recording;
    this.values = recording.values();
    this.examples = recording.sample().rows().length;
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    List<String> names = values.texts("value");
    List<String> flat = names.stream().filter(name -> recording.flat(name).isPresent()).toList();
    if (!flat.isEmpty()) {
      figures.add(stuck(flat));
    }
    names.stream().limit(HISTOGRAMS).forEach(name -> figures.add(histogram(name)));
    return figures;
  }

  private Figure stuck(List<String> names) {
    List<Series> curves = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (String name : names) {
      Table of = values.where("value", name);
      double[] stuck = of.numbers("stuck");
      double[] units = of.numbers("units");
      double[] shares = new double[stuck.length];
      for (int k = 0; k < shares.length; k++) {
        shares[k] = stuck[k] / units[k];
      }
      curves.add(new Series(name, of.numbers("epoch"), shares));
      int last = shares.length - 1;
      if (stuck[last] > 0) {
        boolean dead = Double.isInfinite(recording.flat(name).orElseThrow().high());
        told.add(
            "%s of the %s of %s %s %s"
                .formatted(
                    (int) stuck[last],
                    Words.count((long) units[last], "unit"),
                    name,
                    stuck[last] == 1 ? "is" : "are",
                    dead ? "dead" : "saturated"));
      }
    }
    String over = " for " + Words.count(examples, "training example") + " looked at";
    String finding =
        told.isEmpty()
            ? "No unit is dead or saturated" + over + "."
            : Words.capital(Words.list(told)) + over + ".";
    Lines lines =
        new Lines(
            "Dead and saturated units by epoch. " + finding,
            "epoch",
            "share of the units",
            curves.subList(0, Math.min(CURVES, curves.size())));
    return new Figure(
        "stuck",
        "Dead and saturated units",
        List.of(lines.between(0, 1)),
        finding,
        List.of(values.file(), recording.units().file()),
        false);
  }

  private Figure histogram(String name) {
    Table of = recording.histograms().where("value", name);
    List<String> epochs = of.texts("epoch");
    Table now = of.where("epoch", epochs.get(epochs.size() - 1));
    Table first = of.where("epoch", epochs.get(0));
    double[] from = now.numbers("from");
    double[] to = now.numbers("to");
    boolean same =
        epochs.size() > 1
            && first.number(0, "from") == from[0]
            && first.number(first.size() - 1, "to") == to[to.length - 1];
    Table row = values.where("value", name);
    String finding = finding(name, row, row.size() - 1);
    Histogram histogram =
        new Histogram(
            "Distribution of " + name + ". " + finding,
            name + (same ? "; the line is before training" : ""),
            from[0],
            to[to.length - 1],
            now.numbers("share"),
            same ? first.numbers("share") : new double[0]);
    return new Figure(
        "values-" + name, "Values of " + name, histogram, finding, recording.histograms().file());
  }

  private String finding(String name, Table row, int last) {
    String middle =
        "Nine tenths of the numbers of %s lie between %s and %s"
            .formatted(
                name, Words.number(row.number(last, "q05")), Words.number(row.number(last, "q95")));
    Optional<Insight.Flat> flat = recording.flat(name);
    if (flat.isEmpty()) {
      return middle + ", their mean is " + Words.number(row.number(last, "mean")) + ".";
    }
    double low = row.number(last, "low");
    double high = row.number(last, "high");
    if (Double.isInfinite(flat.get().high())) {
      return middle + "; " + Words.percent(low) + " are " + Words.number(flat.get().low()) + ".";
    }
    return middle
        + "; %s are at the lower end, %s at the upper, where hardly any gradient comes through."
            .formatted(Words.percent(low), Words.percent(high));
  }
}
