package dev.peephole.playground;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.Linker;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.divergence.Diagnosis;
import dev.peephole.runtime.train.divergence.DivergenceException;
import dev.peephole.runtime.train.divergence.Remedy;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.step.Clip;
import dev.peephole.runtime.train.step.Steps;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A network in training. After the same number of steps it has the same bits as in {@code nnc
 * train}, of which it takes the class, the plan and the step.
 */
final class Run {
  private final Compilation compilation;
  private final Network network;
  private final Program program;
  private final Plan plan;
  private final TrainingData data;
  private final Model model;
  private Steps steps;
  private float[] losses;

  /**
   * A network before its first step.
   *
   * @param network one with a plan
   * @param seed what everything random is drawn from, if not the plan's own
   * @throws dev.peephole.runtime.data.DataException if something is wrong with the data
   */
  Run(Compilation compilation, Network network, DataFolder folder, OptionalLong seed) {
    this.compilation = compilation;
    this.network = network;
    this.program = Linker.program(compilation, network, Style.FAST);
    OptionalInt asPlanned = OptionalInt.empty();
    long chosen = seed.orElse(program.plan().seed());
    this.plan =
        program.plan().with(RunOptions.defaults().or(asPlanned, asPlanned, asPlanned, chosen));
    this.model = program.model().get();
    model.reserve(1);
    this.data = TrainingData.load(plan, folder, model);
    model.reserve(Math.min(plan.batch(), data.largestPart()), data.longest());
    reset();
  }

  /** Goes back to the very same first parameters. */
  void reset() {
    model.initialize(plan.seed());
    steps = new Steps(plan, model, data.training());
    losses = new float[1024];
  }

  /**
   * Takes a step.
   *
   * @throws DivergenceException if the loss is not finite
   */
  void step() {
    int n = steps.batches().size(steps.batch());
    double loss = steps.take();
    if (!Double.isFinite(loss)) {
      throw diverged(loss, n);
    }
    int done = Math.toIntExact(steps.done());
    if (done > losses.length) {
      losses = Arrays.copyOf(losses, 2 * losses.length);
    }
    losses[done - 1] = (float) loss;
  }

  private DivergenceException diverged(double loss, int n) {
    OptionalDouble none = OptionalDouble.empty();
    double norm = new Clip(none, none, model.gradients()).norm();
    boolean clipped = plan.clipNorm().isPresent() || plan.clipValue().isPresent();
    return new Diagnosis(model, program)
        .explain(loss, n, "at step " + (steps.done() + 1), Remedy.of(steps.done(), norm, clipped));
  }

  Compilation compilation() {
    return compilation;
  }

  Network network() {
    return network;
  }

  /** The same network in code that keeps every named value. */
  Model textbook() {
    return program.textbook().get();
  }

  Plan plan() {
    return plan;
  }

  TrainingData data() {
    return data;
  }

  /** What is trained; it is left alone. */
  Model model() {
    return model;
  }

  Steps steps() {
    return steps;
  }

  /** The mean losses of the batches so far, each before its update; as many as steps were taken. */
  float[] losses() {
    return losses;
  }
}
