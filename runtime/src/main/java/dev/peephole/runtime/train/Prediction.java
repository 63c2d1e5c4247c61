package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.Binding;
import dev.peephole.runtime.data.Csv;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Examples;
import dev.peephole.runtime.data.RawExamples;
import dev.peephole.runtime.data.Selector;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.file.AtomicFile;
import dev.peephole.runtime.file.Safetensors;
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
  private final Model model;
  private final Weights about;
  private final Part part;
  private final int batch;

  /**
   * Reads inputs and writes outputs, a row an example.
   *
   * <p>The inputs are in the same columns as in the training data, or in another file of the same
   * format; for other sources they are in a CSV file with the columns {@code x}, or {@code x_0},
   * {@code x_1}, …. They are scaled as the training data were, and the outputs are scaled back. For
   * a label the class with the largest output stands in a column of the target's name.
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
    part = Part.all(inputs(program.plan(), in.toString()));
    batch = Math.max(1, Math.min(program.plan().with(options).batch(), part.rows().length));
    model.reserve(batch);
    weights.copyTo("", model.parameters());
  }

  private Examples inputs(Plan plan, String file) {
    Optional<Source> same = plan.data().over(file);
    List<Binding> bindings =
        same.isPresent()
            ? plan.bindings()
            : model.inputs().stream().map(input -> byName(input, plan.bindings())).toList();
    return RawExamples.load(
            same.orElseGet(() -> new Csv(file)),
            DataFolder.of(Path.of("")),
            bindings,
            plan.windowStep(),
            model.inputs(),
            plan.seed())
        .prepare(about.scalings(), about.labelNames());
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
    PredictionTable table = new PredictionTable(model, about, writer);
    Feed feed = new Feed(part.examples(), model.inputs());
    int count = part.rows().length;
    for (int from = 0; from < count; from += batch) {
      int n = Math.min(batch, count - from);
      feed.fill(part.rows(), from, n);
      model.predict(n);
      table.add(n);
    }
    table.flush();
  }
}
