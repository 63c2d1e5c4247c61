package dev.peephole.runtime.data;

import dev.peephole.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Examples as a source has them, before they are scaled and their labels numbered. */
public final class RawExamples {
  private final int count;
  private final List<RawValues> tensors;

  private RawExamples(int count, List<RawValues> tensors) {
    this.count = count;
    this.tensors = tensors;
  }

  /**
   * Loads what fills a model's tensors.
   *
   * @param bindings what fills which tensor; those of other tensors are left aside
   * @param tensors the tensors to fill, with the shape of one example
   * @param seed what a generator draws from
   * @throws DataException for whatever is wrong with the files, or does not fit the tensors
   */
  public static RawExamples load(
      Source source, DataFolder folder, List<Binding> bindings, List<Tensor> tensors, long seed) {
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
      DoubleUnaryOperator map = binding(bindings, tensors.get(t)).selector().map();
      List<Column> columns = table.columns().subList(next, end);
      values.add(RawValues.join(tensors.get(t), map, chosen.get(t), columns));
      next = end;
    }
    return new RawExamples(table.examples(), values);
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

  /** What the classes of each label are called; an empty list where the data numbers them. */
  public Map<String, List<String>> labelNames() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (RawValues values : tensors) {
      if (values.tensor().classes() > 0) {
        names.put(values.tensor().name(), Labels.namesIn(values, count));
      }
    }
    return names;
  }

  /**
   * Fits the rules to some of the examples; several for one tensor apply one after another.
   *
   * @param rows the examples to look at: the training part
   * @return the scaling of each tensor that a rule names
   */
  public Map<String, Scaling> fit(List<ScalingRule> rules, int[] rows) {
    Map<String, Scaling> fitted = new LinkedHashMap<>();
    for (ScalingRule rule : rules) {
      RawValues values = real(rule.tensor());
      Scaling before = fitted.getOrDefault(rule.tensor(), Scaling.identity(values.width()));
      List<Scaling.Line> lines =
          IntStream.range(0, values.width())
              .mapToObj(k -> before.line(k).then(rule.fit(column(values, before, rows, k))))
              .toList();
      fitted.put(rule.tensor(), new Scaling(lines));
    }
    return fitted;
  }

  private static double[] column(RawValues values, Scaling before, int[] rows, int k) {
    return Arrays.stream(rows)
        .mapToDouble(row -> before.line(k).apply(values.number(row, k)))
        .toArray();
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
