package dev.peephole.runtime.train.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.scaling.Scaling;
import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.kernel.Sequences;
import dev.peephole.runtime.train.metric.Answers;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Writes the outputs of a model as CSV: the numbers, scaled back, then the labels they mean. A row
 * is an example or, if an output has a value at each step of a sequence, a step up to its end.
 */
public final class PredictionTable {
  private final CsvWriter csv;
  private final int[] lengths;
  private final boolean steps;
  private final List<Numbers> numbers = new ArrayList<>();
  private final List<Labels> labels = new ArrayList<>();

  private record Numbers(Tensor output, Optional<Scaling> scaling) {}

  private record Labels(Answers answers, List<String> names) {}

  /**
   * Writes the header.
   *
   * @param series the column for the name of an example's series, if there are several
   */
  public PredictionTable(Model model, Weights about, Optional<String> series, Writer out) {
    lengths = model.lengths();
    steps = model.outputs().stream().anyMatch(Tensor::open);
    csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    for (int k = 0; k < model.outputs().size(); k++) {
      Tensor output = model.outputs().get(k);
      Optional<Tensor> target = model.answered(k);
      numbers.add(new Numbers(output, target.flatMap(t -> scaling(about, t, output))));
      target
          .filter(t -> t.classes() > 0)
          .map(t -> Answers.of(output, t, lengths))
          .filter(Answers::fit)
          .map(answers -> new Labels(answers, names(about, answers.target())))
          .ifPresent(labels::add);
    }
    List<String> header = new ArrayList<>();
    series.ifPresent(header::add);
    numbers.forEach(n -> header.addAll(names(n.output())));
    labels.forEach(l -> header.addAll(names(l.answers().target())));
    csv.writeRecord(header);
  }

  private static Optional<Scaling> scaling(Weights about, Tensor target, Tensor output) {
    return Optional.ofNullable(about.scalings().get(target.name()))
        .filter(scaling -> scaling.lines().size() == output.size());
  }

  private static List<String> names(Weights about, Tensor target) {
    List<String> names = about.labelNames().getOrDefault(target.name(), List.of());
    return IntStream.range(0, target.classes())
        .mapToObj(label -> label < names.size() ? names.get(label) : Integer.toString(label))
        .toList();
  }

  /** What the columns of a tensor are called: its name, numbered from 0 if it has several. */
  public static List<String> names(Tensor tensor) {
    return tensor.size() == 1
        ? List.of(tensor.name())
        : IntStream.range(0, tensor.size()).mapToObj(k -> tensor.name() + "_" + k).toList();
  }

  /**
   * Writes the first n examples of the model's outputs.
   *
   * @param series what the series of an example is called, if the header has a column for it
   */
  public void add(int n, IntFunction<Optional<String>> series) {
    int longest = steps ? Sequences.longest(lengths, n) : 1;
    List<String> row = new ArrayList<>();
    for (int example = 0; example < n; example++) {
      Optional<String> name = series.apply(example);
      int length = steps ? lengths[example] : 1;
      for (int t = 0; t < length; t++) {
        row.clear();
        name.ifPresent(row::add);
        for (Numbers column : numbers) {
          addNumbers(row, column, column.output().open() ? example * longest + t : example);
        }
        for (Labels column : labels) {
          addLabels(row, column, column.answers().open() ? example * longest + t : example);
        }
        csv.writeRecord(row);
      }
    }
  }

  /** Passes everything on to the writer, and that one too. */
  public void flush() throws IOException {
    csv.flush();
  }

  private static void addNumbers(List<String> row, Numbers column, int place) {
    int size = column.output().size();
    for (int k = 0; k < size; k++) {
      double value = column.output().get(place * size + k);
      if (column.scaling().isPresent()) {
        value = column.scaling().get().line(k).undo(value);
      }
      row.add(Json.number((float) value));
    }
  }

  private static void addLabels(List<String> row, Labels column, int place) {
    int width = column.answers().width();
    for (int k = 0; k < width; k++) {
      row.add(column.names().get(column.answers().get(place * width + k)));
    }
  }
}
