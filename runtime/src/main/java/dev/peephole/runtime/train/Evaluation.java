package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.file.Safetensors;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.divergence.Diagnosis;
import dev.peephole.runtime.train.divergence.DivergenceException;
import dev.peephole.runtime.train.metric.Measurement;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.output.ResultTable;
import dev.peephole.runtime.train.output.Weights;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Measures trained weights on data that they were not trained on. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * Measures loss and metrics on the test part of the plan; without one, on the validation part;
   * without that, on the training part. The parts are drawn with the seed of the weights' run.
   *
   * <p>The result goes to the console's {@code out}, as a table or as an event.
   *
   * @throws dev.peephole.runtime.data.DataException if something is wrong with weights or data
   * @throws DivergenceException if the loss is not finite
   */
  public static Result run(Program program, Path weights, RunOptions options, Console console) {
    Safetensors file = Safetensors.read(weights);
    Weights about = Weights.of(file);
    Plan plan =
        program
            .plan()
            .with(
                options.or(
                    OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), about.seed()));
    DataFolder folder = new DataFolder(program.folder(), options.data());
    Model model = program.model().get();
    model.reserve(1);
    Map.Entry<String, Part> unseen = TrainingData.unseen(plan, folder, model, about);
    Part part = unseen.getValue();
    Room.reserve(model, Math.min(plan.batch(), part.rows().length), part.longest());
    file.copyTo("", model.weights());
    model.upload();

    Measuring measuring = new Measuring(model, plan, about, new Diagnosis(model, program));
    String when = "in the " + unseen.getKey() + " part";
    Measurement measured = measuring.measure(part, when, Session.Pause.NONE);
    Map<String, Measurement> parts = Map.of(unseen.getKey(), measured);
    Result result = new Result(OptionalInt.empty(), OptionalDouble.empty(), parts, "");
    if (options.json()) {
      console.print(Json.object(result.event()));
    } else {
      ResultTable.lines(result).forEach(console::print);
    }
    return result;
  }
}
