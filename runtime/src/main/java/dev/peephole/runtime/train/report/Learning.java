package dev.peephole.runtime.train.report;

import dev.peephole.runtime.train.metric.Metric;
import dev.peephole.runtime.train.report.chart.Lines;
import dev.peephole.runtime.train.report.chart.Series;
import dev.peephole.runtime.train.report.record.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How loss and metrics went, and how often gradients were clipped. */
final class Learning {
  /** By so much a loss must differ to be called another one. */
  private static final double LEVEL = 0.02;

  private final Table epochs;
  private final double[] numbers;
  private final double[] training;
  private final double[] validation;
  private final int last;

  Learning(Table epochs) {
    this.epochs = epochs;
    this.numbers = epochs.numbers("epoch");
    this.training = epochs.numbers("loss");
    this.validation = epochs.numbers("validation_loss");
    this.last = epochs.size() - 1;
  }

  List<Figure> figures(List<Metric> metrics) {
    List<Figure> figures = new ArrayList<>();
    if (last >= 0) {
      figures.add(loss());
      for (Metric metric : metrics) {
        metric.names().stream()
            .filter(this::isKnown)
            .forEach(name -> figures.add(metric(name, metric.increasing())));
      }
      if (isKnown("clipped")) {
        figures.add(clipped());
      }
    }
    return figures;
  }

  private boolean isKnown(String column) {
    return Arrays.stream(epochs.numbers(column)).anyMatch(Double::isFinite);
  }

  private int epoch(int row) {
    return (int) numbers[row];
  }

  private Figure loss() {
    List<Series> curves = new ArrayList<>(List.of(new Series("training", numbers, training)));
    List<Lines.Mark> marks = new ArrayList<>();
    if (isKnown("validation_loss")) {
      curves.add(new Series("validation", numbers, validation));
      int best = least(validation);
      String text = "smallest after epoch " + epoch(best);
      marks.add(new Lines.Mark(1, numbers[best], validation[best], text));
    }
    String finding = finding();
    Lines lines = new Lines("Loss by epoch. " + finding, "epoch", "loss", curves).marked(marks);
    return new Figure("loss", "Loss", lines, finding, epochs.file());
  }

  /** What is seen in the losses. */
  String finding() {
    if (!isKnown("validation_loss")) {
      return withoutValidation();
    }
    if (last == 0) {
      return "After the first epoch the training loss is %s and the validation loss %s."
          .formatted(Words.number(training[0]), Words.number(validation[0]));
    }
    int best = least(validation);
    String smallest =
        "The validation loss is smallest after epoch %s (%s)"
            .formatted(epoch(best), Words.number(validation[best]));
    return best == last ? smallest + atTheEnd() : smallest + since(best);
  }

  private String withoutValidation() {
    if (last == 0) {
      return "The training loss of the first epoch is " + Words.number(training[0]) + ".";
    }
    String ends =
        "from %s in the first epoch to %s in epoch %s"
            .formatted(Words.number(training[0]), Words.number(training[last]), epoch(last));
    String how = training[last] < training[0] ? "falls " : "does not fall: it goes ";
    int best = least(training);
    String smallest =
        best == last
            ? ""
            : ", and was smallest in epoch %s (%s)"
                .formatted(epoch(best), Words.number(training[best]));
    return "The training loss " + how + ends + smallest + ". No part is left for validation.";
  }

  /** Whether it was still falling when the run ended. */
  private String atTheEnd() {
    int back = Math.max(Math.min(3, last), (last + 1) / 10);
    double fall = 1 - validation[last] / validation[last - back];
    String over = "over " + Words.last(back, "epoch");
    return fall > LEVEL
        ? ", the last one: it fell by %s %s, and more epochs may bring it down further."
            .formatted(Words.percent(fall), over)
        : ", the last one, but it fell by no more than %s %s: it is nearly level."
            .formatted(Words.percent(Math.max(0, fall)), over);
  }

  /**
   * Whether it has risen since: by more than it goes up and down from one epoch to the next anyway,
   * as a mean over the last tenth of the epochs.
   */
  private String since(int best) {
    int from = Math.max(best + 1, last + 1 - Math.max(1, (last + 1) / 10));
    double now = mean(validation, from);
    double noise = jitter(best);
    String when =
        from == last
            ? "after epoch " + epoch(last)
            : "on average after epochs %s to %s".formatted(epoch(from), epoch(last));
    if (now - validation[best] <= Math.max(2 * noise, LEVEL * validation[best])) {
      return " and %s %s: level, for it goes up and down by %s from epoch to epoch."
          .formatted(Words.number(now), when, Words.number(noise));
    }
    double trained = mean(training, from);
    String rise = ", and rises from there to %s %s".formatted(Words.number(now), when);
    return trained < training[best]
        ? rise
            + ", while the training loss goes on falling, from %s to %s: overfitting."
                .formatted(Words.number(training[best]), Words.number(trained))
        : rise
            + ". The training loss does not fall from there either: it goes from %s to %s."
                .formatted(Words.number(training[best]), Words.number(trained));
  }

  private static double mean(double[] numbers, int from) {
    return Arrays.stream(numbers, from, numbers.length).average().orElseThrow();
  }

  /** The mean change from one epoch to the next since the best one. */
  private double jitter(int best) {
    double sum = 0;
    for (int k = best + 1; k <= last; k++) {
      sum += Math.abs(validation[k] - validation[k - 1]);
    }
    return sum / (last - best);
  }

  private static int least(double[] numbers) {
    int least = 0;
    for (int k = 1; k < numbers.length; k++) {
      least = numbers[k] < numbers[least] || Double.isNaN(numbers[least]) ? k : least;
    }
    return least;
  }

  private Figure metric(String metric, boolean increasing) {
    double[] measured = epochs.numbers(metric);
    boolean share = Arrays.stream(measured).allMatch(v -> v >= 0 && v <= 1);
    String finding = finding(metric, measured, share, increasing);
    Series curve = new Series(metric, numbers, measured);
    Lines lines = new Lines(metric + " by epoch. " + finding, "epoch", metric, List.of(curve));
    return new Figure(
        "metric-" + metric, metric, share ? lines.between(0, 1) : lines, finding, epochs.file());
  }

  private String finding(String metric, double[] measured, boolean share, boolean increasing) {
    int best = 0;
    for (int k = 1; k < measured.length; k++) {
      boolean better = increasing ? measured[k] > measured[best] : measured[k] < measured[best];
      best = better || Double.isNaN(measured[best]) ? k : best;
    }
    String most = increasing ? "highest" : "lowest";
    String now =
        "On the validation part %s is %s after epoch %s"
            .formatted(metric, figure(measured[last], share), epoch(last));
    return measured[best] == measured[last]
        ? now + ", the " + most + " of this run."
        : now
            + ", and was %s, %s, after epoch %s."
                .formatted(most, figure(measured[best], share), epoch(best));
  }

  private static String figure(double value, boolean share) {
    return share ? Words.percent(value) : Words.number(value);
  }

  private Figure clipped() {
    double[] shares = epochs.numbers("clipped");
    long some = Arrays.stream(shares).filter(share -> share > 0).count();
    long counted = Arrays.stream(shares).filter(Double::isFinite).count();
    String finding =
        some == 0
            ? "No step's gradients came to the limit: clipping changed nothing in this run."
            : "Gradients were clipped in %s of %s: at %s of the steps in epoch %s, at %s in epoch %s."
                .formatted(
                    some,
                    Words.count(counted, "epoch"),
                    Words.percent(shares[0]),
                    epoch(0),
                    Words.percent(shares[last]),
                    epoch(last));
    Series curve = new Series("clipped", numbers, shares);
    Lines lines =
        new Lines("Clipped steps by epoch. " + finding, "epoch", "share of steps", List.of(curve));
    return new Figure("clipped", "Clipped gradients", lines.between(0, 1), finding, epochs.file());
  }
}
