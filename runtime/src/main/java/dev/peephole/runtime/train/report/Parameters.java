package dev.peephole.runtime.train.report;

import dev.peephole.runtime.train.report.chart.Drawing;
import dev.peephole.runtime.train.report.chart.HeatMap;
import dev.peephole.runtime.train.report.chart.Lines;
import dev.peephole.runtime.train.report.chart.Scale;
import dev.peephole.runtime.train.report.chart.Series;
import dev.peephole.runtime.train.report.record.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How large parameters and their gradients are, and how far they move. */
final class Parameters {
  /** With more curves than this a picture is one of colours. */
  private static final int CURVES = 6;

  private final Table table;
  private final List<String> names;
  private final List<String> epochs;

  Parameters(Table table) {
    this.table = table;
    this.names = table.texts("parameter");
    this.epochs = table.texts("epoch");
  }

  List<Figure> figures(String optimizer) {
    List<Figure> figures = new ArrayList<>();
    if (!table.isEmpty()) {
      figures.add(gradients());
      figures.add(weights());
      if (epochs.size() > 1) {
        figures.add(moves(optimizer));
      }
    }
    return figures;
  }

  /** A column by parameter and epoch. */
  private double[][] numbers(String column) {
    double[] all = table.numbers(column);
    double[][] numbers = new double[names.size()][epochs.size()];
    for (int i = 0; i < all.length; i++) {
      numbers[i % names.size()][i / names.size()] = all[i];
    }
    return numbers;
  }

  private static double together(double[][] numbers, int epoch) {
    double squares = 0;
    for (double[] row : numbers) {
      squares += row[epoch] * row[epoch];
    }
    return Math.sqrt(squares);
  }

  private String now() {
    return after(epochs.size() - 1);
  }

  private String after(int k) {
    return epochs.get(k).equals("0") ? "before the first epoch" : "after epoch " + epochs.get(k);
  }

  private Figure gradients() {
    double[][] norms = numbers("gradient");
    int last = epochs.size() - 1;
    List<String> still =
        IntStream.range(0, names.size())
            .filter(p -> norms[p][last] == 0)
            .mapToObj(names::get)
            .toList();
    int largest = extreme(norms, last, true);
    int smallest = extreme(norms, last, false);
    String finding =
        "The norm of all gradients together is %s %s"
            .formatted(Words.number(together(norms, last)), now());
    if (last > 0) {
      finding += " and was " + Words.number(together(norms, 0)) + " " + after(0);
    }
    finding += ".";
    if (names.size() - still.size() > 1) {
      finding +=
          " That of %s is the largest, %s that of %s, the smallest."
              .formatted(
                  names.get(largest),
                  Words.times(norms[largest][last] / norms[smallest][last]),
                  names.get(smallest));
    }
    if (!still.isEmpty()) {
      finding += " It is 0 for " + Words.list(still) + ": nothing moves there.";
    }
    Drawing drawing = drawing("Gradient norms by epoch. " + finding, norms, true);
    return new Figure("gradients", "Gradients of parameters", drawing, finding, table.file());
  }

  private static int extreme(double[][] norms, int epoch, boolean largest) {
    int found = -1;
    for (int p = 0; p < norms.length; p++) {
      double norm = norms[p][epoch];
      boolean further =
          found < 0 || (largest ? norm > norms[found][epoch] : norm < norms[found][epoch]);
      found = norm != 0 && further ? p : found;
    }
    return Math.max(0, found);
  }

  private Figure weights() {
    double[][] norms = numbers("weights");
    int last = epochs.size() - 1;
    String finding =
        "The norm of all parameters together is %s %s"
            .formatted(Words.number(together(norms, last)), now());
    if (last > 0) {
      int grown = 0;
      for (int p = 1; p < norms.length; p++) {
        grown = growth(norms[p]) > growth(norms[grown]) ? p : grown;
      }
      double factor = growth(norms[grown]);
      finding += " and was " + Words.number(together(norms, 0)) + " " + after(0) + ".";
      finding +=
          factor > 1.05
              ? " %s grew most among those that were not 0: it is %s as large as it was."
                  .formatted(names.get(grown), Words.times(factor))
              : "";
    } else {
      finding += ".";
    }
    Drawing drawing = drawing("Norms of parameters by epoch. " + finding, norms, false);
    return new Figure("weights", "Weights", drawing, finding, table.file());
  }

  private static double growth(double[] norms) {
    return norms[0] > 0 ? norms[norms.length - 1] / norms[0] : 0;
  }

  private Figure moves(String optimizer) {
    double[][] moved = numbers("moved");
    double[][] known = new double[names.size()][];
    Arrays.setAll(known, p -> Arrays.copyOfRange(moved[p], 1, moved[p].length));
    int last = epochs.size() - 2;
    double first = together(known, 0);
    double now = together(known, last);
    String finding =
        "From record to record, all parameters together went %s a step up to epoch %s"
            .formatted(Words.number(first), epochs.get(1));
    if (last > 0) {
      finding += " and %s up to epoch %s".formatted(Words.number(now), epochs.get(last + 1));
    }
    finding +=
        optimizer.isEmpty()
            ? ", as the crow flies."
            : ", as the crow flies; the optimizer is " + optimizer + " all the time.";
    Drawing drawing = drawing("How far parameters move a step. " + finding, known, true, 1);
    return new Figure("moves", "How far parameters move in a step", drawing, finding, table.file());
  }

  private Drawing drawing(String alternative, double[][] norms, boolean logarithmic) {
    return drawing(alternative, norms, logarithmic, 0);
  }

  /**
   * @param from the place of the first epoch
   */
  private Drawing drawing(String alternative, double[][] norms, boolean logarithmic, int from) {
    List<String> over = epochs.subList(from, epochs.size());
    double[] x = over.stream().mapToDouble(Double::parseDouble).toArray();
    double[] all = Arrays.stream(norms).flatMapToDouble(Arrays::stream).toArray();
    if (names.size() > CURVES) {
      Scale scale = logarithmic ? Scale.logarithmic(0, 1, all) : Scale.even(0, 1, with(all, 0));
      return new HeatMap(alternative, "epoch", names, over, norms, scale);
    }
    List<Series> curves =
        IntStream.range(0, names.size())
            .mapToObj(p -> new Series(names.get(p), x, norms[p]))
            .toList();
    Lines lines = new Lines(alternative, "epoch", "norm", curves);
    return logarithmic ? lines.logarithmic() : lines;
  }

  private static double[] with(double[] numbers, double more) {
    double[] all = Arrays.copyOf(numbers, numbers.length + 1);
    all[numbers.length] = more;
    return all;
  }
}
