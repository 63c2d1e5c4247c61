package dev.peephole.playground;

import dev.peephole.driver.FirstStep;
import dev.peephole.driver.StepInputs;
import dev.peephole.explain.BatchNumbers;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.step.Clip;
import java.util.Arrays;
import java.util.List;

/** What the next step of a run is about to do: its batch, what flows forward, what flows back. */
final class NextStep {
  /** More numbers of a value are not shown. */
  private static final int MOST_NUMBERS = 1024;

  /** More numbers of all values together take too long to compute by their definitions. */
  private static final double MOST_COMPUTED = 1.5e6;

  private final Run run;
  private final Copy copy;
  private final Feed feed;
  private final Clip clip;
  private final BatchNumbers numbers;

  NextStep(Run run) {
    this.run = run;
    Model model = run.model();
    int examples = model.inputs().get(0).length() / model.inputs().get(0).size(longest(run));
    this.copy = new Copy(run, examples, longest(run));
    this.feed =
        new Feed(
            run.data().training().examples(), copy.model(), TrainingData.tensors(copy.model()));
    this.clip = new Clip(run.plan().clipNorm(), run.plan().clipValue(), copy.model().gradients());
    this.numbers = new BatchNumbers(run.compilation(), run.network());
  }

  private static int longest(Run run) {
    return run.data().longest();
  }

  /** Fills the batch of the next step in, and gives its examples' number. */
  private int fill() {
    Model model = copy.now();
    feed.fill(run.steps().batches(), run.steps().batch());
    int n = run.steps().batches().size(run.steps().batch());
    List<Tensor> carried = run.model().carried();
    for (int c = 0; c < carried.size(); c++) {
      model.carried().get(c).copyFrom(carried.get(c), carried.get(c).length());
    }
    model.mode().train(run.plan().seed(), run.steps().done() + 1);
    return n;
  }

  /**
   * The gradients that the optimizer is about to be given.
   *
   * @param loss of the batch
   * @param all those of each parameter
   */
  record Gradients(int examples, double loss, List<String> all) {}

  Gradients gradients() {
    int n = fill();
    double loss = derive(n);
    Model model = copy.model();
    return new Gradients(
        n, loss, model.gradients().stream().map(g -> Floats.of(g.length(), g::get)).toList());
  }

  private double derive(int n) {
    double loss = copy.model().loss(n);
    copy.model().backward(n);
    clip.apply();
    return loss;
  }

  /** One of these gradients. */
  double gradient(int parameter, int place) {
    derive(fill());
    return copy.model().gradients().get(parameter).get(place);
  }

  /**
   * The numbers of a value of the batch.
   *
   * @param value its place in the trace
   * @param steps for what is another value at each time step, how many there are; else 0
   * @param count how many numbers it has; those that are left out are the last ones
   */
  record Value(int value, int steps, int count, String numbers) {}

  /** The values and their gradients, before any clipping; none if they are too many. */
  List<Value> values() {
    int n = fill();
    Model model = copy.model();
    int steps = Arrays.stream(model.lengths()).limit(n).max().orElse(1);
    if (Size.of(run.network().program()).values() * n * steps > MOST_COMPUTED) {
      return List.of();
    }
    List<double[]> inputs = StepInputs.of(run.network().program(), model, n);
    return numbers.of(inputs, n, steps, model.mode()).stream()
        .map(
            v ->
                new Value(
                    v.value(),
                    v.steps(),
                    v.numbers().length,
                    Floats.of(Math.min(v.numbers().length, MOST_NUMBERS), i -> v.numbers()[i])))
        .toList();
  }

  /** The first example of the batch, to be looked into. */
  FirstStep firstExample() {
    fill();
    Model model = copy.model();
    String from =
        "the first example of the batch of step " + (run.steps().done() + 1) + " of the playground";
    return FirstStep.of(from, run.network(), model, model.mode());
  }
}
