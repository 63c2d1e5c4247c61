package dev.peephole.playground;

import dev.peephole.driver.FirstStep;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.batch.TrainingData;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks at a run between two steps, and leaves it as it is. */
final class Look {
  private static final int MOST_VALIDATED = 500;

  private final Run run;
  private final NextStep next;
  private final Optional<Plane> plane;
  private final Optional<Series> series;
  private final Optional<Copy> validation;
  private final Glance valuesGlance = new Glance();
  private final Glance seriesGlance = new Glance();
  private final Glance validationGlance = new Glance();

  Look(Run run) {
    this.run = run;
    this.next = new NextStep(run);
    this.plane = Plane.of(run);
    this.series = plane.isPresent() ? Optional.empty() : Series.of(run);
    boolean measured = !validationPart().isEmpty() && !run.plan().stateful();
    this.validation =
        measured
            ? Optional.of(new Copy(run, validationPart().rows().length, validationPart().longest()))
            : Optional.empty();
  }

  private Part validationPart() {
    Part part = run.data().validation();
    int count = Math.min(part.rows().length, MOST_VALIDATED);
    return new Part(part.examples(), Arrays.copyOf(part.rows(), count));
  }

  /**
   * What is seen.
   *
   * @param step how many steps were taken
   * @param epoch that of the next one
   * @param batch its place in the epoch, from 0
   * @param loss that of the next step's batch, before its update
   * @param validation the loss of the validation part; absent if there is none, or no time
   * @param parameters the numbers of each
   * @param gradients what the next step's optimizer is given for each
   * @param values those of the next step; absent if there was no time
   */
  record Seen(
      long step,
      int epoch,
      int batch,
      int examples,
      double loss,
      Double validation,
      List<String> parameters,
      List<String> gradients,
      List<NextStep.Value> values,
      Plane.Pictures plane,
      Series.Lines series) {}

  /**
   * Looks.
   *
   * @param thorough whether it may take its time
   */
  Seen now(boolean thorough) {
    NextStep.Gradients gradients = next.gradients();
    return new Seen(
        run.steps().done(),
        run.steps().epoch(),
        run.steps().batch(),
        gradients.examples(),
        gradients.loss(),
        validation.flatMap(c -> validationGlance.at(thorough, () -> loss(c))).orElse(null),
        run.model().parameters().stream().map(p -> Floats.of(p.length(), p::get)).toList(),
        gradients.all(),
        valuesGlance.at(thorough, next::values).orElse(null),
        plane.map(Plane::now).orElse(null),
        series.flatMap(s -> seriesGlance.at(thorough, s::now)).orElse(null));
  }

  private double loss(Copy copy) {
    Model model = copy.now();
    Part part = validationPart();
    List<Tensor> tensors = TrainingData.tensors(model);
    new Feed(part.examples(), model, tensors).fill(Batches.whole(part), 0);
    model.mode().evaluate();
    return model.loss(part.rows().length);
  }

  /** What does not change while it learns. */
  Optional<Plane.Fixed> plane() {
    return plane.map(Plane::fixed);
  }

  /** What the next step gives the optimizer for one number of a parameter. */
  double gradient(int parameter, int place) {
    return next.gradient(parameter, place);
  }

  /** The next step's first example, with the parameters of now. */
  FirstStep firstExample() {
    return next.firstExample();
  }
}
