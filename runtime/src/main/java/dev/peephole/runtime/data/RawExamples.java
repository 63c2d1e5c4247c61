package dev.peephole.runtime.data;

import dev.peephole.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Examples as a source has them, before they are scaled and their labels numbered. */
public final class RawExamples {
  private final int rows;
  private final int count;
  private final Optional<Windows> windows;
  private final List<RawValues> tensors;

  private RawExamples(int rows, Optional<Windows> windows, List<RawValues> tensors) {
    this.rows = rows;
    this.count = windows.map(w -> w.count(rows)).orElse(rows);
    this.windows = windows;
    this.tensors = tensors;
  }

  /**
   * Loads what fills a model's tensors, an example a row.
   *
   * @see #load(Source, DataFolder, List, OptionalInt, List, long)
   */
  public static RawExamples load(
      Source source, DataFolder folder, List<Binding> bindings, List<Tensor> tensors, long seed) {
    return load(source, folder, bindings, OptionalInt.empty(), tensors, seed);
  }

  /**
   * Loads what fills a model's tensors.
   *
   * @param windowStep the rows between the beginnings of two windows; if absent, an example is a
   *     row
   * @param bindings what fills which tensor; those of other tensors are left aside
   * @param tensors the tensors to fill, with the shape of one example
   * @param seed what a generator draws from
   * @throws DataException for whatever is wrong with the files, or does not fit the tensors
   */
  public static RawExamples load(
      Source source,
      DataFolder folder,
      List<Binding> bindings,
      OptionalInt windowStep,
      List<Tensor> tensors,
      long seed) {
    List<Field> fields = source.fields(folder);
    List<Table.Request> requests = new ArrayList<>();
    List<List<Field>> chosen = new ArrayList<>();
    for (Tensor tensor : tensors) {
      List<Integer> shape = Arrays.stream(tensor.shape()).boxed().toList();
      List<Integer> positions = binding(bindings, tensor).check(source, fields, shape);
      positions.forEach(p -> requests.add(new Table.Request(p, tensor.classes() > 0)));
      chosen.add(positions.stream().map(fields::get).toList());
    }
    Table table = source.load(folder, requests, seed);
    List<RawValues> values = new ArrayList<>();
    int next = 0;
    for (int t = 0; t < tensors.size(); t++) {
      int end = next + chosen.get(t).size();
      Selector selector = binding(bindings, tensors.get(t)).selector();
      List<Column> columns = table.columns().subList(next, end);
      values.add(
          new RawValues(tensors.get(t), selector, windowStep.orElse(1), chosen.get(t), columns));
      next = end;
    }
    Optional<Windows> windows = windows(source, bindings, windowStep, tensors, table.examples());
    return new RawExamples(table.examples(), windows, values);
  }

  private static Optional<Windows> windows(
      Source source, List<Binding> bindings, OptionalInt step, List<Tensor> tensors, int rows) {
    if (step.isEmpty()) {
      return Optional.empty();
    }
    int reach =
        tensors.stream()
            .mapToInt(tensor -> binding(bindings, tensor).selector().rows().to())
            .max()
            .orElseThrow();
    if (rows < reach) {
      String unit = source instanceof Text ? " characters" : " rows";
      throw DataException.in(
          source.name(),
          "has " + rows + unit + ", and a window takes " + reach,
          "take shorter windows, or a longer series");
    }
    return Optional.of(new Windows(step.getAsInt(), reach));
  }

  private static Binding binding(List<Binding> bindings, Tensor tensor) {
    String hint = "say what fills it: " + tensor.name() + " = …";
    return bindings.stream()
        .filter(binding -> binding.tensor().equals(tensor.name()))
        .findFirst()
        .orElseThrow(() -> DataException.of("nothing fills " + tensor.name(), hint));
  }

  /** How many examples there are. */
  public int count() {
    return count;
  }

  /**
   * The numbers of the examples in the three parts of a split. Windows follow each other in the
   * data, and no two parts have a row in common.
   *
   * @throws DataException if a part has no example
   */
  public List<int[]> divide(Split split, long seed) {
    return windows.map(w -> w.divide(split, rows)).orElseGet(() -> split.divide(count, seed));
  }

  /**
   * What the classes of each label are called; an empty list where the data numbers them.
   *
   * @param training the examples of the training part, which give a text its alphabet; other labels
   *     are looked for everywhere
   */
  public Map<String, List<String>> labelNames(int[] training) {
    int[] all = IntStream.range(0, rows).toArray();
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (RawValues values : tensors) {
      if (values.tensor().classes() > 0) {
        int[] known = values.characters() ? rows(training) : all;
        names.put(values.tensor().name(), Labels.namesIn(values, known));
      }
    }
    return names;
  }

  /**
   * Fits the rules to some of the examples; several for one tensor apply one after another. What is
   * fitted to the rows of a series is the same wherever in a window a row comes to lie.
   *
   * @param training the examples to look at: the training part
   * @return the scaling of each tensor that a rule names
   */
  public Map<String, Scaling> fit(List<ScalingRule> rules, int[] training) {
    int[] rows = rows(training);
    Map<String, Scaling> fitted = new LinkedHashMap<>();
    for (ScalingRule rule : rules) {
      RawValues values = real(rule.tensor());
      Scaling before = fitted.getOrDefault(rule.tensor(), Scaling.identity(values.width()));
      List<Scaling.Line> lines =
          IntStream.range(0, values.rowWidth())
              .mapToObj(k -> before.line(k).then(rule.fit(column(values, before, rows, k))))
              .toList();
      fitted.put(rule.tensor(), Scaling.repeated(lines, values.width()));
    }
    return fitted;
  }

  private static double[] column(RawValues values, Scaling before, int[] rows, int k) {
    return Arrays.stream(rows)
        .mapToDouble(row -> before.line(k).apply(values.inRow(row, k)))
        .toArray();
  }

  /** The rows of some examples. */
  private int[] rows(int[] examples) {
    return windows.map(w -> w.rows(examples)).orElse(examples);
  }

  private RawValues real(String name) {
    return tensors.stream()
        .filter(values -> values.tensor().name().equals(name) && values.tensor().classes() == 0)
        .findFirst()
        .orElseThrow(
            () -> DataException.of("there are no numbers called " + name + " to scale", ""));
  }

  /**
   * Scales the numbers and numbers the labels.
   *
   * @param scalings those of the tensors that have one
   * @param names what the classes of each label are called, as {@link #labelNames} returns it
   * @throws DataException if a label is outside its classes, or a number too large
   */
  public Examples prepare(Map<String, Scaling> scalings, Map<String, List<String>> names) {
    List<Object> arrays = new ArrayList<>();
    for (RawValues values : tensors) {
      Tensor tensor = values.tensor();
      Math.multiplyExact(count, tensor.size());
      arrays.add(
          tensor.classes() > 0
              ? labels(values, names.getOrDefault(tensor.name(), List.of()))
              : numbers(values, scalings.get(tensor.name())));
    }
    return new Examples(count, tensors.stream().map(RawValues::tensor).toList(), arrays);
  }

  private int[] labels(RawValues values, List<String> names) {
    Labels labels = new Labels(values, names);
    int width = values.width();
    int[] prepared = new int[count * width];
    for (int example = 0; example < count; example++) {
      for (int k = 0; k < width; k++) {
        prepared[example * width + k] = labels.number(example, k);
      }
    }
    return prepared;
  }

  private float[] numbers(RawValues values, Scaling scaling) {
    int width = values.width();
    float[] prepared = new float[count * width];
    for (int example = 0; example < count; example++) {
      for (int k = 0; k < width; k++) {
        double number = values.number(example, k);
        float scaled = (float) (scaling == null ? number : scaling.line(k).apply(number));
        if (Float.isInfinite(scaled)) {
          String message = values.tensor().name() + " would be " + number + " here";
          throw values.problem(example, k, message, "that is too large for single precision");
        }
        prepared[example * width + k] = scaled;
      }
    }
    return prepared;
  }
}
