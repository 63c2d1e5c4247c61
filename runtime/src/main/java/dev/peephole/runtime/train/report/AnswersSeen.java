package dev.peephole.runtime.train.report;

import dev.peephole.runtime.train.report.answer.Answering;
import dev.peephole.runtime.train.report.answer.Confusion;
import dev.peephole.runtime.train.report.answer.Pairs;
import dev.peephole.runtime.train.report.answer.Pairs.Pair;
import dev.peephole.runtime.train.report.answer.Regions;
import dev.peephole.runtime.train.report.chart.Drawing;
import dev.peephole.runtime.train.report.chart.Lines;
import dev.peephole.runtime.train.report.chart.Matrix;
import dev.peephole.runtime.train.report.chart.Points;
import dev.peephole.runtime.train.report.chart.Scale;
import dev.peephole.runtime.train.report.chart.Series;
import dev.peephole.runtime.train.report.record.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What the network answers: confusions, predictions beside targets, regions of the plane. */
final class AnswersSeen {
  private static final int CLASSES = 24;
  private static final int SHOWN = 300;

  private final Answering answering;
  private final String part;
  private final boolean windows;
  private final List<Figure> figures = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();

  /**
   * @param part what the part is called
   * @param windows whether examples follow each other in a series
   */
  AnswersSeen(Answering answering, String part, boolean windows) {
    this.answering = answering;
    this.part = part;
    this.windows = windows;
    Table confusions = new Table("confusion", "target", "class", "answer", "count");
    for (Confusion confusion : answering.confusions()) {
      confusion.addTo(confusions);
      figures.add(figure(confusion, confusions.file()));
    }
    Table pairs = new Table("predictions", "target", "example", "step", "wanted", "predicted");
    for (Pairs each : answering.pairs()) {
      each.addTo(pairs);
      figures.add(figure(each, pairs.file()));
    }
    tables.addAll(List.of(confusions, pairs));
    answering.regions().ifPresent(this::add);
  }

  List<Figure> figures() {
    return figures;
  }

  /** What the figures are drawn from. */
  List<Table> tables() {
    return tables.stream().filter(table -> !table.isEmpty()).toList();
  }

  private Figure figure(Confusion confusion, String file) {
    List<Integer> frequent = confusion.frequent(CLASSES);
    List<String> names = frequent.stream().map(confusion.names()::get).toList();
    long[][] counts = new long[names.size()][names.size()];
    for (int r = 0; r < names.size(); r++) {
      for (int c = 0; c < names.size(); c++) {
        counts[r][c] = confusion.counts()[frequent.get(r)][frequent.get(c)];
      }
    }
    String title =
        "Each row a class of %s, each column what the network said, over the %s part"
            .formatted(confusion.target(), part);
    String finding = finding(confusion);
    if (names.size() < confusion.names().size()) {
      finding += " The table shows the " + names.size() + " classes that come most often.";
    }
    return new Figure(
        "confusion-" + confusion.target(),
        "What is taken for what: " + confusion.target(),
        new Matrix(title, names, counts),
        finding,
        file);
  }

  private String finding(Confusion confusion) {
    long all = confusion.all();
    String right =
        "%s of %s are right (%s)"
            .formatted(
                Words.whole(confusion.right()),
                Words.count(all, "answer"),
                Words.percent((double) confusion.right() / Math.max(1, all)));
    List<Confusion.Pair> mistakes = confusion.mistakes();
    if (mistakes.isEmpty()) {
      return right + ".";
    }
    Confusion.Pair most = mistakes.get(0);
    return right
        + ". The most frequent mistake is %s for %s, %s of the %s that are %s."
            .formatted(
                confusion.names().get(most.answer()),
                confusion.names().get(most.truth()),
                most.count(),
                confusion.all(most.truth()),
                confusion.names().get(most.truth()));
  }

  private Figure figure(Pairs pairs, String file) {
    List<Pair> first = pairs.all().stream().filter(p -> p.component() == 0).toList();
    String column = pairs.columns().get(0);
    String finding = finding(pairs, first);
    Drawing drawing =
        pairs.sequences() || windows ? overTime(pairs, first, column) : scatter(first, column);
    return new Figure(
        "predictions-" + pairs.target(),
        "Predictions of " + pairs.target(),
        drawing,
        finding,
        file);
  }

  private String finding(Pairs pairs, List<Pair> first) {
    double mean = first.stream().mapToDouble(Pair::wanted).average().orElse(0);
    double squares = 0;
    double spread = 0;
    Pair farthest = first.get(0);
    for (Pair p : first) {
      squares += Math.pow(p.predicted() - p.wanted(), 2);
      spread += Math.pow(p.wanted() - mean, 2);
      farthest =
          Math.abs(p.predicted() - p.wanted()) > Math.abs(farthest.predicted() - farthest.wanted())
              ? p
              : farthest;
    }
    String of = pairs.columns().size() > 1 ? " of " + pairs.columns().get(0) : "";
    String finding =
        "Over %s%s of the %s part, predictions are off by %s (root mean square); the mean of all would be off by %s."
            .formatted(
                Words.count(first.size(), "number"),
                of,
                part,
                Words.number(Math.sqrt(squares / first.size())),
                Words.number(Math.sqrt(spread / first.size())));
    return finding
        + " The farthest off is example %s: %s was wanted and %s said."
            .formatted(
                farthest.example(),
                Words.number(farthest.wanted()),
                Words.number(farthest.predicted()));
  }

  private Drawing overTime(Pairs pairs, List<Pair> first, String column) {
    List<Pair> shown =
        pairs.sequences()
            ? first.stream().filter(p -> p.example() == first.get(0).example()).toList()
            : first;
    shown = shown.subList(Math.max(0, shown.size() - SHOWN), shown.size());
    double[] x =
        shown.stream().mapToDouble(p -> pairs.sequences() ? p.step() : p.example()).toArray();
    Series wanted = new Series("target", x, shown.stream().mapToDouble(Pair::wanted).toArray());
    Series said =
        new Series("prediction", x, shown.stream().mapToDouble(Pair::predicted).toArray());
    String axis = pairs.sequences() ? "step of example " + first.get(0).example() : "example";
    String alternative = "Predictions of " + column + " beside what was wanted";
    return new Lines(alternative, axis, column, List.of(wanted, said)).even();
  }

  private Drawing scatter(List<Pair> first, String column) {
    List<Pair> shown = first.subList(0, Math.min(SHOWN, first.size()));
    double[] all =
        shown.stream().flatMapToDouble(p -> DoubleStream.of(p.wanted(), p.predicted())).toArray();
    Scale x = Scale.even(Points.LEFT, Points.RIGHT, all);
    List<Points.Point> points =
        shown.stream().map(p -> new Points.Point(p.wanted(), p.predicted(), 0, false)).toList();
    return new Points(
        "Predictions of " + column + " over what was wanted; on the line both are the same",
        "wanted: " + column,
        "predicted",
        x,
        x.on(Points.BOTTOM, Points.TOP),
        points,
        List.of(),
        Optional.empty(),
        true);
  }

  private void add(Regions regions) {
    tables.add(regions.table());
    boolean classes = !regions.classes().isEmpty();
    double half = (regions.x()[1] - regions.x()[0]) / 2;
    double high = (regions.y()[0] - regions.y()[1]) / 2;
    int last = regions.x().length - 1;
    double[] all = Arrays.stream(regions.answers()).flatMapToDouble(Arrays::stream).toArray();
    Scale level = Scale.even(0, 1, all);
    double[][] ground =
        Arrays.stream(regions.answers())
            .map(row -> Arrays.stream(row).map(v -> classes ? v : level.share(v)).toArray())
            .toArray(double[][]::new);
    List<Points.Point> points = new ArrayList<>();
    int outside = 0;
    for (double[] p : regions.points()) {
      boolean wrong = classes && p[2] != p[3];
      outside += wrong ? 1 : 0;
      points.add(new Points.Point(p[0], p[1], classes ? (int) p[2] : 0, wrong));
    }
    String finding =
        classes
            ? outside == 0
                ? "Each of the %s lies in the region of its own class."
                    .formatted(Words.count(points.size(), "point"))
                : "%s of the %s lie in the region of another class; they have a ring."
                    .formatted(outside, Words.count(points.size(), "point"))
            : "Over this plane %s goes from %s (faint) to %s (full)."
                .formatted(regions.target(), Words.number(level.low()), Words.number(level.high()));
    List<String> kinds =
        IntStream.range(0, regions.classes().size()).mapToObj(regions.classes()::get).toList();
    Points drawing =
        new Points(
            "What the network says of each place. " + finding,
            regions.columns().get(0),
            regions.columns().get(1),
            new Scale(
                regions.x()[0] - half, regions.x()[last] + half, false, Points.LEFT, Points.RIGHT),
            new Scale(
                regions.y()[last] - high, regions.y()[0] + high, false, Points.BOTTOM, Points.TOP),
            points,
            kinds,
            Optional.of(new Points.Ground(ground, classes)),
            false);
    figures.add(
        new Figure(
            "regions", "Decisions over the plane", drawing, finding, regions.table().file()));
  }
}
