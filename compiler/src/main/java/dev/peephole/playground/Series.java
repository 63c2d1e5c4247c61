package dev.peephole.playground;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.data.scaling.Scaling;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.batch.TrainingData;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * What the first output is, and what it should be: along the time steps of an example, or, where
 * examples have one answer each, along the examples. They are those that tell most, which training
 * does not see if there are any.
 */
final class Series {
  private static final int MOST_EXAMPLES = 150;
  private static final int MOST_PLACES = 400;

  private final Run run;
  private final String partName;
  private final Part part;
  private final Copy copy;
  private final Feed feed;
  private final Tensor target;
  private final Batches batch;
  private final int n;

  private Series(Run run, Tensor target) {
    this.run = run;
    Map.Entry<String, Part> most = last(run.data().telling());
    this.partName = most.getKey();
    boolean sequences = run.model().outputs().get(0).open();
    int count = Math.min(most.getValue().rows().length, sequences ? 1 : MOST_EXAMPLES);
    this.part = new Part(most.getValue().examples(), Arrays.copyOf(most.getValue().rows(), count));
    this.copy = new Copy(run, count, part.longest());
    this.feed = new Feed(part.examples(), copy.model(), TrainingData.tensors(copy.model()));
    this.batch = Batches.whole(part);
    this.n = count;
    this.target = copy.model().targets().get(run.model().targets().indexOf(target));
  }

  private static Map.Entry<String, Part> last(Map<String, Part> parts) {
    return parts.entrySet().stream().reduce((first, second) -> second).orElseThrow();
  }

  /** The answers of a network whose first output answers a target, number by number. */
  static Optional<Series> of(Run run) {
    Optional<Tensor> target = run.model().answered(0);
    if (target.isEmpty() || run.plan().stateful()) {
      return Optional.empty();
    }
    Tensor output = run.model().outputs().get(0);
    int classes = target.get().classes();
    boolean alike = output.size() == target.get().size() * Math.max(1, classes);
    return alike ? Optional.of(new Series(run, target.get())) : Optional.empty();
  }

  /**
   * The answers as lines.
   *
   * @param over {@code time} or {@code examples}
   * @param part which part of the data they are of
   * @param lines how many there are: an answer may be several numbers
   * @param right whether the numbers are the probabilities of what is right; else they are answers,
   *     on the scale of the data
   * @param said what the network says, place after place
   * @param wanted what it should say
   */
  record Lines(
      String over,
      String part,
      String output,
      int lines,
      boolean right,
      String said,
      String wanted) {}

  Lines now() {
    Model model = copy.now();
    feed.fill(batch, 0);
    model.mode().evaluate();
    model.predict(n);
    Tensor output = model.outputs().get(0);
    Examples examples = part.examples();
    boolean time = output.open();
    int width = target.size();
    int places = Math.min(MOST_PLACES, time ? examples.steps(part.rows()[0]) : n);
    int classes = target.classes();
    IntToDoubleFunction said =
        classes > 0
            ? i -> output.get(i * classes + (int) target.get(i))
            : i -> unscaled(output.get(i), i % width);
    IntToDoubleFunction wanted = classes > 0 ? i -> 1 : i -> unscaled(target.get(i), i % width);
    return new Lines(
        time ? "time" : "examples",
        partName,
        output.name(),
        width,
        classes > 0,
        Floats.of(places * width, said),
        Floats.of(places * width, wanted));
  }

  private double unscaled(double number, int k) {
    Scaling scaling = run.data().scalings().get(target.name());
    return scaling == null ? number : scaling.line(k).undo(number);
  }
}
