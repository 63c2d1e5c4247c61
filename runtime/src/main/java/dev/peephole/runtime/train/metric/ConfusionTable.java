package dev.peephole.runtime.train.metric;

import dev.peephole.runtime.train.metric.Counts.OneVsRest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which class was taken for which, and for each class against all others TP, FP, FN and TN.
 *
 * @param target what is answered
 * @param told what can be answered
 * @param counts the answers to each, row by row
 * @param classes what each class is called
 */
public final class ConfusionTable {
  /** Of more classes, the matrix would be wider than a page. */
  private static final int MOST = 20;

  private final String target;
  private final List<String> told;
  private final double[][] counts;
  private final List<String> classes;
  private final List<OneVsRest> each;

  ConfusionTable(
      String target,
      List<String> told,
      double[][] counts,
      List<String> classes,
      List<OneVsRest> each) {
    this.target = target;
    this.told = told;
    this.counts = counts;
    this.classes = classes;
    this.each = each;
  }

  /** The target that is answered. */
  public String target() {
    return target;
  }

  /**
   * The matrix, and a row for each class, as text.
   *
   * @param part what the measured examples are called
   */
  public List<String> lines(String part) {
    List<List<String>> rows = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    lines.add(
        "confusion of %s, %s: a row a right answer, a column what was answered"
            .formatted(target, part));
    if (told.size() <= MOST) {
      rows.add(row("", told));
      for (int k = 0; k < told.size(); k++) {
        rows.add(
            row(told.get(k), Arrays.stream(counts[k]).mapToObj(ConfusionTable::count).toList()));
      }
      lines.addAll(aligned(rows));
      lines.add("");
    }
    rows.clear();
    rows.add(row("", List.of("TP", "FP", "FN", "TN", "precision", "recall", "f1")));
    for (int c = 0; c < classes.size(); c++) {
      rows.add(row(classes.get(c), cells(each.get(c))));
    }
    lines.addAll(aligned(rows));
    return lines;
  }

  private static List<String> cells(OneVsRest c) {
    return List.of(
        count(c.tp()),
        count(c.fp()),
        count(c.fn()),
        count(c.tn()),
        share(c.precision()),
        share(c.recall()),
        share(c.f1()));
  }

  private static List<String> row(String first, List<String> others) {
    List<String> row = new ArrayList<>(List.of(first));
    row.addAll(others);
    return row;
  }

  private static String count(double weight) {
    return weight == Math.rint(weight)
        ? String.format(Locale.ROOT, "%.0f", weight)
        : String.format(Locale.ROOT, "%.4g", weight);
  }

  private static String share(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.4f", share);
  }

  private static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    rows.forEach(
        row -> {
          for (int c = 0; c < widths.length; c++) {
            widths[c] = Math.max(widths[c], row.get(c).length());
          }
        });
    return rows.stream()
        .map(
            row -> {
              StringBuilder line = new StringBuilder();
              for (int c = 0; c < widths.length; c++) {
                String space = " ".repeat(widths[c] - row.get(c).length());
                line.append(c == 0 ? row.get(c) + space : "  " + space + row.get(c));
              }
              return line.toString().stripTrailing();
            })
        .toList();
  }

  /** For logs: by right answers, and in these by what was answered, how often that was. */
  Map<String, Object> event() {
    Map<String, Object> event = new LinkedHashMap<>();
    for (int k = 0; k < told.size(); k++) {
      Map<String, Object> answers = new LinkedHashMap<>();
      for (int j = 0; j < told.size(); j++) {
        if (counts[k][j] != 0) {
          answers.put(told.get(j), counts[k][j]);
        }
      }
      event.put(told.get(k), answers);
    }
    return event;
  }
}
