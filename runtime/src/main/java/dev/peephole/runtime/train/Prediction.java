package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.example.Binding;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.data.example.RawExamples;
import dev.peephole.runtime.data.example.Selector;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.file.AtomicFile;
import dev.peephole.runtime.file.Safetensors;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.output.PredictionTable;
import dev.peephole.runtime.train.output.Weights;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Computes the outputs of a trained network for inputs in a file. */
public final class Prediction {
  private static final String SERIES = "series";

  private final Model model;
  private final Weights about;
  private final Source source;
  private final RawExamples raw;
  private final Part part;
  private final Batches batches;

  /**
   * Reads inputs and writes outputs, a row an example.
   *
   * <p>The inputs are in the same columns as in the training data, or in another file of the same
   * format; for other sources they are in a CSV file with the columns {@code x}, or {@code x_0},
   * {@code x_1}, …, and, if they are sequences, a column {@code series}. They are scaled as the
   * training data were, and the outputs are scaled back. For a label the class with the largest
   * output stands in a column of the target's name.
   *
   * <p>Where an output has a value at each step of a sequence, a row is a step, and what is said of
   * a whole sequence stands in all of its rows. If there are several series, their names come
   * first.
   *
   * @param in the inputs
   * @param out a CSV file to write; the console's {@code out}, if absent
   * @throws dev.peephole.runtime.data.DataException if something is wrong with weights or inputs
   */
  public static void run(
      Program program,
      Path weights,
      Path in,
      Optional<Path> out,
      RunOptions options,
      Console console) {
    Prediction prediction = new Prediction(program, Safetensors.read(weights), in, options);
    if (out.isPresent()) {
      AtomicFile.write(out.get(), prediction::writeTo);
    } else {
      try {
        prediction.writeTo(console.out());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Prediction(Program program, Safetensors weights, Path in, RunOptions options) {
    about = Weights.of(weights);
    model = program.model().get();
    model.reserve(1);
    Plan plan = program.plan();
    Optional<Source> same = plan.data().over(in.toString());
    source = same.orElseGet(() -> table(in.toString()));
    raw = inputs(plan, same.isPresent() ? plan.bindings() : byName(plan));
    part = Part.all(raw.prepare(about.scalings(), about.labelNames()));
    batches = Batches.predicting(part, plan.with(options));
    Room.reserve(model, batches.largest(), part.longest());
    weights.copyTo("", model.weights());
    model.upload();
  }

  private RawExamples inputs(Plan plan, List<Binding> bindings) {
    return RawExamples.load(
        source,
        DataFolder.of(Path.of("")),
        bindings,
        plan.windowStep(),
        model.inputs(),
        plan.seed());
  }

  private List<Binding> byName(Plan plan) {
    return model.inputs().stream().map(input -> byName(input, plan.bindings())).toList();
  }

  private Source table(String file) {
    boolean sequences = model.inputs().stream().anyMatch(Tensor::open);
    return sequences ? new Csv(file, true, SERIES) : new Csv(file);
  }

  /** Columns called as those of an output are, and mapped as the plan maps the input. */
  private static Binding byName(Tensor input, List<Binding> bindings) {
    Selector columns = Selector.columns(PredictionTable.names(input).toArray(String[]::new));
    return bindings.stream()
        .filter(binding -> binding.tensor().equals(input.name()))
        .findFirst()
        .map(binding -> Binding.bind(input.name(), columns.map(binding.selector().map())))
        .orElseThrow();
  }

  private void writeTo(OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    Optional<String> series = source instanceof Csv csv ? csv.series() : Optional.empty();
    PredictionTable table = new PredictionTable(model, about, series, writer);
    Feed feed = new Feed(part.examples(), model, model.inputs());
    for (int b = 0; b < batches.count(); b++) {
      int n = batches.size(b);
      int batch = b;
      feed.fill(batches, b);
      model.predict(n);
      table.add(n, i -> raw.series(batches.example(batch, i)));
      model.carry(n);
    }
    table.flush();
  }
}
