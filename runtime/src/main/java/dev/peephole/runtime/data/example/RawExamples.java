package dev.peephole.runtime.data.example;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Sequences;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import dev.peephole.runtime.data.format.Text;
import dev.peephole.runtime.data.framing.EachRow;
import dev.peephole.runtime.data.framing.Framing;
import dev.peephole.runtime.data.framing.Manner;
import dev.peephole.runtime.data.framing.Split;
import dev.peephole.runtime.data.framing.WholeSequences;
import dev.peephole.runtime.data.framing.Windows;
import dev.peephole.runtime.data.scaling.Scaling;
import dev.peephole.runtime.data.scaling.ScalingRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Examples as a source has them, before they are scaled and their labels numbered. */
public final class RawExamples {
  private final Source source;
  private final Framing framing;
  private final Optional<Sequences> sequences;
  private final List<RawValues> tensors;
  private final Optional<Column> key;

  private RawExamples(
      Source source,
      Framing framing,
      Optional<Sequences> sequences,
      List<RawValues> tensors,
      Optional<Column> key) {
    this.key = key;
    this.source = source;
    this.framing = framing;
    this.sequences = sequences;
    this.tensors = tensors;
  }

  /**
   * Loads what fills a model's tensors; an example is a row, or a sequence if the source has some.
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
   *     row, or a sequence if the source has some
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
    return load(source, folder, bindings, windowStep, tensors, seed, Optional.empty());
  }

  /**
   * The same with a column that {@link #divide} asks.
   *
   * @param key its name
   */
  public static RawExamples load(
      Source source,
      DataFolder folder,
      List<Binding> bindings,
      OptionalInt windowStep,
      List<Tensor> tensors,
      long seed,
      Optional<String> key) {
    List<Field> fields = source.fields(folder);
    List<Table.Request> requests = new ArrayList<>();
    List<List<Field>> chosen = new ArrayList<>();
    for (Tensor tensor : tensors) {
      List<Integer> shape = Arrays.stream(tensor.shape()).boxed().toList();
      List<Integer> positions = binding(bindings, tensor).check(source, fields, shape);
      List<Field> filling =
          positions.stream().map(p -> fields.get(p).filling(tensor.name(), shape)).toList();
      for (int i = 0; i < filling.size(); i++) {
        requests.add(
            new Table.Request(positions.get(i), tensor.classes() > 0, filling.get(i).shape()));
      }
      chosen.add(filling);
    }
    key.map(name -> Selector.columns(name).positions(source, fields).get(0))
        .ifPresent(position -> requests.add(new Table.Request(position, true, List.of())));
    Table table = source.load(folder, requests, seed);
    Framing framing = framing(source, bindings, windowStep, tensors, table);
    List<RawValues> values = new ArrayList<>();
    int next = 0;
    for (int t = 0; t < tensors.size(); t++) {
      int end = next + chosen.get(t).size();
      Selector selector = binding(bindings, tensors.get(t)).selector();
      List<Column> columns = table.columns().subList(next, end);
      values.add(new RawValues(tensors.get(t), selector, framing, chosen.get(t), columns));
      next = end;
    }
    values.forEach(RawValues::requireOneValueASequence);
    int last = next;
    Optional<Column> asked = key.map(name -> table.columns().get(last));
    return new RawExamples(source, framing, table.sequences(), values, asked);
  }

  private static Framing framing(
      Source source, List<Binding> bindings, OptionalInt step, List<Tensor> tensors, Table table) {
    if (step.isEmpty()) {
      return table.sequences().isPresent()
          ? new WholeSequences(table.sequences().get())
          : new EachRow(table.rows());
    }
    Sequences sequences = table.sequences().orElse(Sequences.counted(0, table.rows()));
    int reach =
        tensors.stream()
            .mapToInt(tensor -> binding(bindings, tensor).selector().rows().to())
            .max()
            .orElseThrow();
    if (sequences.longest() < reach) {
      String unit = source instanceof Text ? " characters" : " rows";
      String whose = table.sequences().isPresent() ? " in its longest series" : "";
      throw DataException.in(
          source.name(),
          "has " + sequences.longest() + unit + whose + ", and a window takes " + reach,
          "take shorter windows, or a longer series");
    }
    return new Windows(step.getAsInt(), reach, sequences);
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
    return framing.count();
  }

  /** What the series of an example is called, if the source has several. */
  public Optional<String> series(int example) {
    return sequences.map(all -> all.name(all.at(framing.first(example))));
  }

  /**
   * The numbers of the examples in the three parts of a split, no two of which have a row in
   * common. Windows that are split in order come from each sequence's beginning, middle and end; at
   * random, a part gets whole sequences.
   *
   * @throws DataException if a part has no example
   */
  public List<int[]> divide(Split split, long seed) {
    return framing.divide(split, seed, example -> key(split.manner(), framing.first(example)));
  }

  /** What a split asks of an example that begins with a row of the source. */
  private String key(Manner manner, int row) {
    if (manner.target().isPresent()) {
      RawValues values =
          tensors.stream()
              .filter(v -> v.tensor().name().equals(manner.by()))
              .findFirst()
              .orElseThrow();
      return values.text(row, 0).orElseGet(() -> "" + values.number(row, 0));
    }
    if (key.isEmpty()) {
      return "";
    }
    Column column = key.get();
    String text = column.text(row).orElseGet(() -> "" + column.number(row, 0));
    if (manner.given() && !Split.NAMES.contains(text)) {
      String hint = "the parts are " + String.join(", ", Split.NAMES);
      throw column.problem(row, "there is no part \"" + text + "\"", hint);
    }
    return text;
  }

  /**
   * What the classes of each label are called; an empty list where the data numbers them.
   *
   * @param training the examples of the training part, which give a text its alphabet; other labels
   *     are looked for everywhere
   */
  public Map<String, List<String>> labelNames(int[] training) {
    int[] all = IntStream.range(0, count()).toArray();
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (RawValues values : tensors) {
      if (values.tensor().classes() > 0) {
        int[] known = values.rows(values.characters() ? training : all);
        names.put(values.tensor().name(), Labels.namesIn(values, known));
      }
    }
    return names;
  }

  /**
   * Fits the rules to some of the examples; several for one tensor apply one after another. What is
   * fitted to the rows of a series is the same wherever in a window a row comes to lie, and at all
   * steps of a sequence.
   *
   * @param training the examples to look at: the training part
   */
  public FittedScalings fit(List<ScalingRule> rules, int[] training) {
    return FittedScalings.of(source, tensors, rules, training);
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
      arrays.add(
          tensor.classes() > 0
              ? labels(values, names.getOrDefault(tensor.name(), List.of()))
              : numbers(values, scalings.get(tensor.name())));
    }
    BitSet follows = new BitSet();
    IntStream.range(0, count()).filter(framing::follows).forEach(follows::set);
    return new Examples(
        count(), tensors.stream().map(RawValues::tensor).toList(), arrays, starts(), follows);
  }

  /**
   * The first step of each example among those of all, and behind the last one how many there are.
   *
   * @return nothing if no tensor takes sequences of any length
   */
  private int[] starts() {
    List<RawValues> open = tensors.stream().filter(RawValues::open).toList();
    if (open.isEmpty()) {
      return new int[0];
    }
    int[] starts = new int[count() + 1];
    for (int example = 0; example < count(); example++) {
      int steps = open.get(0).steps(example);
      for (RawValues values : open) {
        if (values.steps(example) != steps) {
          throw differentLengths(open.get(0), values, example);
        }
      }
      starts[example + 1] = Math.addExact(starts[example], steps);
    }
    return starts;
  }

  private static DataException differentLengths(RawValues one, RawValues other, int example) {
    String message =
        "%s has %s steps and %s has %s"
            .formatted(
                one.tensor().name(),
                one.steps(example),
                other.tensor().name(),
                other.steps(example));
    String hint = "all axes [*] of a network have the same length in one example";
    return other.problem(other.first(example), 0, message, hint);
  }

  private int size(RawValues values) {
    long size = 0;
    for (int example = 0; example < count(); example++) {
      size += values.width(example);
    }
    return Math.toIntExact(size);
  }

  private int[] labels(RawValues values, List<String> names) {
    Labels labels = new Labels(values, names);
    int[] prepared = new int[size(values)];
    int next = 0;
    for (int example = 0; example < count(); example++) {
      int end = values.first(example) + values.rows(example);
      for (int row = values.first(example); row < end; row++) {
        for (int k = 0; k < values.rowWidth(); k++) {
          prepared[next++] = labels.number(row, k);
        }
      }
    }
    return prepared;
  }

  private float[] numbers(RawValues values, Scaling scaling) {
    float[] prepared = new float[size(values)];
    int next = 0;
    for (int example = 0; example < count(); example++) {
      int start = next;
      int end = values.first(example) + values.rows(example);
      for (int row = values.first(example); row < end; row++) {
        for (int k = 0; k < values.rowWidth(); k++) {
          double number = values.number(row, k);
          double scaled =
              scaling == null
                  ? number
                  : scaling.line((next - start) % scaling.lines().size()).apply(number);
          if (Double.isInfinite((float) scaled)) {
            String message = values.tensor().name() + " would be " + number + " here";
            throw values.problem(row, k, message, "that is too large for single precision");
          }
          prepared[next++] = (float) scaled;
        }
      }
    }
    return prepared;
  }
}
