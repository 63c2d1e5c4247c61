package dev.peephole.runtime.train.report.answer;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.train.report.chart.Scale;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An input of one example in a form that people can look at.
 *
 * @param name the input's
 * @param text what it is, if that can be said in a few words
 * @param picture the rows of a picture, or a single one: a curve; else nothing
 */
public record Exhibit(String name, String text, double[][] picture) {
  private static final double[][] NONE = {};
  private static final int FEW = 8;
  private static final int SYMBOLS = 120;
  private static final int SMALLEST_PICTURE = 64;

  /** The k-th tensor of an example. */
  static Exhibit of(Examples examples, int k, int row, Naming naming) {
    Tensor tensor = examples.tensors().get(k);
    int steps = tensor.open() ? examples.steps(row) : 1;
    int width = tensor.size();
    int start = (tensor.open() ? examples.starts()[row] : row) * width;
    int count = steps * width;
    if (tensor.classes() > 0) {
      int[] labels = (int[]) examples.arrays().get(k);
      List<String> names = naming.classes(tensor);
      List<String> symbols =
          IntStream.range(start, start + count).mapToObj(i -> names.get(labels[i])).toList();
      return new Exhibit(tensor.name(), joined(symbols, SYMBOLS), NONE);
    }
    float[] numbers = (float[]) examples.arrays().get(k);
    double[] unscaled =
        IntStream.range(0, count)
            .mapToDouble(i -> naming.unscaled(tensor, i, numbers[start + i]))
            .toArray();
    return of(tensor, unscaled, naming);
  }

  /** Numbers that are what a tensor has for one example. */
  static Exhibit of(Tensor tensor, double[] numbers, Naming naming) {
    List<String> columns = naming.columns(tensor);
    if (numbers.length <= FEW && columns.size() == numbers.length) {
      String text =
          IntStream.range(0, numbers.length)
              .mapToObj(i -> columns.get(i) + " " + Scale.label(numbers[i]))
              .collect(Collectors.joining(", "));
      return new Exhibit(tensor.name(), text, NONE);
    }
    int[] shape = Arrays.stream(tensor.shape()).filter(length -> length != 1).toArray();
    boolean plane = shape.length == 2 && shape[0] > FEW && shape[1] > FEW;
    int side = (int) Math.round(Math.sqrt(numbers.length));
    boolean square =
        shape.length == 1 && numbers.length >= SMALLEST_PICTURE && side * side == numbers.length;
    if (plane || square) {
      return new Exhibit(tensor.name(), "", rows(numbers, plane ? shape[1] : side));
    }
    boolean curve = tensor.open() ? tensor.size() == 1 : shape.length < 2;
    return curve
        ? new Exhibit(tensor.name(), numbers.length + " numbers", new double[][] {numbers})
        : new Exhibit(tensor.name(), numbers.length + " numbers", NONE);
  }

  private static double[][] rows(double[] numbers, int width) {
    return IntStream.range(0, numbers.length / width)
        .mapToObj(r -> IntStream.range(0, width).mapToDouble(c -> numbers[r * width + c]).toArray())
        .toArray(double[][]::new);
  }

  /** Some symbols side by side, with gaps between them if some are words. */
  static String joined(List<String> symbols, int most) {
    boolean characters = symbols.stream().allMatch(s -> s.codePointCount(0, s.length()) == 1);
    String text = symbols.stream().limit(most).collect(Collectors.joining(characters ? "" : " "));
    return symbols.size() > most ? text + "…" : text;
  }
}
