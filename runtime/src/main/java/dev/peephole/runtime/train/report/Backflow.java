package dev.peephole.runtime.train.report;

import dev.peephole.runtime.train.report.chart.Drawing;
import dev.peephole.runtime.train.report.chart.Lines;
import dev.peephole.runtime.train.report.chart.Series;
import dev.peephole.runtime.train.report.record.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** How large the gradients of states are that come back through time. */
final class Backflow {
  /** A gradient that is so many times smaller than elsewhere has vanished. */
  private static final double VANISHED = 1000;

  /** One that is so many times smaller has faded. */
  private static final double FADED = 10;

  private final Table table;
  private final OptionalInt truncation;

  /**
   * @param truncation how many steps gradients go back through at most
   */
  Backflow(Table table, OptionalInt truncation) {
    this.table = table;
    this.truncation = truncation;
  }

  List<Figure> figures() {
    return table.texts("state").stream().map(this::figure).toList();
  }

  private Figure figure(String state) {
    Table norms = table.where("state", state);
    List<String> epochs = norms.texts("epoch");
    Set<Integer> chosen = new LinkedHashSet<>();
    for (int k : new int[] {0, epochs.size() / 2, epochs.size() - 1}) {
      chosen.add(k);
    }
    List<Series> curves = new ArrayList<>();
    for (int k : chosen) {
      Table at = norms.where("epoch", epochs.get(k));
      String when = epochs.get(k).equals("0") ? "before training" : "after epoch " + epochs.get(k);
      curves.add(new Series(when, at.numbers("step"), at.numbers("norm")));
    }
    Series now = curves.get(curves.size() - 1);
    String finding = finding(state, now.name(), now.x(), now.y());
    List<Double> cuts = new ArrayList<>();
    if (truncation.isPresent()) {
      double end = now.x()[now.x().length - 1];
      for (int t = truncation.getAsInt(); t < end; t += truncation.getAsInt()) {
        cuts.add(t + 0.5);
      }
    }
    Drawing lines =
        new Lines(
                "Gradient of " + state + " by time step. " + finding,
                "time step",
                "norm of ∂loss / ∂" + state + " before the step",
                curves)
            .logarithmic()
            .cut(cuts);
    String title = "The gradient of " + state + " through time";
    return new Figure("backflow-" + state, title, lines, finding, table.file());
  }

  /** What is seen of a state's gradient at one moment. */
  String finding(String state, String when, double[] steps, double[] norms) {
    int greatest = 0;
    for (int k = 1; k < norms.length; k++) {
      greatest = norms[k] > norms[greatest] ? k : greatest;
    }
    if (norms[greatest] == 0) {
      return "No gradient comes to " + state + " at any step.";
    }
    if (truncation.isPresent()) {
      return "Gradients are cut every %s: none crosses a dashed line. That of %s is greatest before step %s (%s)."
          .formatted(
              Words.count(truncation.getAsInt(), "step"),
              state,
              (int) steps[greatest],
              Words.number(norms[greatest]));
    }
    int far = greatest >= norms.length - 1 - greatest ? 0 : norms.length - 1;
    int way = (int) Math.abs(steps[greatest] - steps[far]);
    String finding =
        "%s, the gradient of %s is greatest before step %s (%s)"
            .formatted(
                Words.capital(when), state, (int) steps[greatest], Words.number(norms[greatest]));
    if (way == 0) {
      return finding + ".";
    }
    finding += " and %s before step %s".formatted(Words.number(norms[far]), (int) steps[far]);
    if (norms[far] == 0) {
      return finding + ", %s away: nothing comes so far.".formatted(Words.count(way, "step"));
    }
    double ratio = norms[greatest] / norms[far];
    double each = Math.pow(ratio, -1.0 / way);
    if (ratio >= FADED) {
      return finding
          + ", %s away: %s smaller, by a factor of %s a step. It %s."
              .formatted(
                  Words.count(way, "step"),
                  Words.times(ratio),
                  Words.number(each),
                  ratio >= VANISHED ? "vanishes" : "fades");
    }
    return finding
        + ", %s away: it keeps its size to a factor of %s."
            .formatted(Words.count(way, "step"), Words.number(ratio));
  }
}
