package dev.peephole.runtime.train.report.answer;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.train.metric.Answers;
import dev.peephole.runtime.train.report.record.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a network with two numbers as its input says all over the plane that its examples lie in.
 *
 * @param target the one that is answered
 * @param columns what the two numbers are called
 * @param classes what the answers are called; empty if they are numbers
 * @param x the first numbers of the grid, ascending
 * @param y the second ones, descending
 * @param answers for each y and each x
 * @param points the examples: both numbers, the target, and the answer
 */
public record Regions(
    String target,
    List<String> columns,
    List<String> classes,
    double[] x,
    double[] y,
    double[][] answers,
    List<double[]> points) {
  private static final int COLUMNS = 43;
  private static final int ROWS = 46;
  private static final int POINTS = 400;
  private static final double MARGIN = 0.06;

  /** Of a network that takes two numbers and answers with a class or a number. */
  static Optional<Regions> of(Model model, Part part, Naming naming) {
    if (model.inputs().size() != 1) {
      return Optional.empty();
    }
    Tensor input = model.inputs().get(0);
    if (input.classes() > 0 || input.open() || !Arrays.equals(input.shape(), new int[] {2})) {
      return Optional.empty();
    }
    for (int k = 0; k < model.outputs().size(); k++) {
      Tensor output = model.outputs().get(k);
      Optional<Tensor> target = model.answered(k);
      if (target.isPresent() && !target.get().open()) {
        Answers answers = Answers.of(output, target.get(), model.lengths());
        boolean label = target.get().classes() > 0 && answers.fit() && !answers.several();
        if (label || Pairs.fit(output, target.get()) && target.get().size() == 1) {
          return Optional.of(new Survey(model, part, naming, input, answers, label).regions());
        }
      }
    }
    return Optional.empty();
  }

  /** The grid, a row a point. */
  public Table table() {
    Table table = new Table("regions", columns.get(0), columns.get(1), target);
    for (int r = 0; r < y.length; r++) {
      for (int c = 0; c < x.length; c++) {
        Object answer = classes.isEmpty() ? answers[r][c] : classes.get((int) answers[r][c]);
        table.add(x[c], y[r], answer);
      }
    }
    return table;
  }

  private record Survey(
      Model model, Part part, Naming naming, Tensor input, Answers answers, boolean label) {

    Regions regions() {
      List<double[]> points = points();
      double[] x = grid(COLUMNS, points.stream().mapToDouble(p -> p[0]).toArray());
      double[] y = grid(ROWS, points.stream().mapToDouble(p -> p[1]).toArray());
      double[] down = IntStream.range(0, y.length).mapToDouble(k -> y[y.length - 1 - k]).toArray();
      double[][] said = new double[down.length][];
      for (int r = 0; r < down.length; r++) {
        double height = down[r];
        said[r] = said(Arrays.stream(x).mapToObj(v -> new double[] {v, height}).toList());
      }
      return new Regions(
          answers.target().name(),
          naming.columns(input),
          label ? naming.classes(answers.target()) : List.of(),
          x,
          down,
          said,
          points);
    }

    private List<double[]> points() {
      int[] rows = IntStream.of(part.rows()).limit(POINTS).toArray();
      float[] numbers = (float[]) part.examples().arrays().get(0);
      List<double[]> places =
          IntStream.of(rows)
              .mapToObj(row -> new double[] {unscaled(numbers, row, 0), unscaled(numbers, row, 1)})
              .toList();
      double[] said = said(places);
      int answered =
          part.examples().tensors().stream()
              .map(Tensor::name)
              .toList()
              .indexOf(answers.target().name());
      Object targets = part.examples().arrays().get(answered);
      return IntStream.range(0, rows.length)
          .mapToObj(
              i ->
                  new double[] {
                    places.get(i)[0], places.get(i)[1], wanted(targets, rows[i]), said[i]
                  })
          .toList();
    }

    private double wanted(Object targets, int row) {
      return label
          ? ((int[]) targets)[row]
          : naming.unscaled(answers.target(), 0, ((float[]) targets)[row]);
    }

    private double unscaled(float[] numbers, int row, int k) {
      return naming.unscaled(input, k, numbers[row * 2 + k]);
    }

    private static double[] grid(int places, double[] numbers) {
      double low = Arrays.stream(numbers).min().orElse(0);
      double high = Arrays.stream(numbers).max().orElse(1);
      double margin = high > low ? (high - low) * MARGIN : 1;
      double width = (high - low + 2 * margin) / places;
      return IntStream.range(0, places)
          .mapToDouble(k -> low - margin + (k + 0.5) * width)
          .toArray();
    }

    /** What the network says of each of some places, as many at once as there is room for. */
    private double[] said(List<double[]> places) {
      double[] said = new double[places.size()];
      int room = input.length() / 2;
      for (int from = 0; from < places.size(); from += room) {
        int n = Math.min(room, places.size() - from);
        for (int i = 0; i < n; i++) {
          for (int k = 0; k < 2; k++) {
            input.set(i * 2 + k, naming.scaled(input, k, places.get(from + i)[k]));
          }
        }
        model.predict(n);
        for (int i = 0; i < n; i++) {
          said[from + i] =
              label
                  ? answers.get(i)
                  : naming.unscaled(answers.target(), 0, answers.output().get(i));
        }
      }
      return said;
    }
  }
}
