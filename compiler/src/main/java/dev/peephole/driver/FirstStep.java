package dev.peephole.driver;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Role;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.kernel.Mode;
import dev.peephole.runtime.kernel.Philox;
import dev.peephole.runtime.train.Replay;
import dev.peephole.runtime.train.batch.FirstExample;
import dev.peephole.runtime.train.output.RunFolder;
import dev.peephole.runtime.train.plan.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the first step of a training computes with, for a single example: its numbers, and the first
 * parameters, all in single precision.
 *
 * @param from where the example comes from, in words
 * @param inputs those of the network's step, in their order
 * @param steps how long open axes are
 * @param mode of the first step of training
 */
public record FirstStep(String from, List<double[]> inputs, int steps, Mode mode) {
  /** How long a made-up example is, if axes are open. */
  private static final int MADE_UP_STEPS = 6;

  private static final long EXAMPLE_STREAM = 1L << 32;

  /**
   * With an example of the data that the network's plan names.
   *
   * @param data where to look for files; else beside the model file
   * @return nothing if there is no plan, or a file is missing
   * @throws dev.peephole.runtime.data.DataException if something is wrong with the data
   */
  public static Optional<FirstStep> ofData(
      Compilation compilation, Network network, Optional<Path> data) {
    if (network.plan().isEmpty()) {
      return Optional.empty();
    }
    dev.peephole.runtime.train.plan.Program program =
        Linker.program(compilation, network, Style.FAST);
    Plan plan = program.plan();
    DataFolder folder = new DataFolder(program.folder(), data);
    if (!isThere(plan.data(), folder) || plan.test().filter(t -> !isThere(t, folder)).isPresent()) {
      return Optional.empty();
    }
    Model model = program.model().get();
    FirstExample.fill(model, plan, folder);
    String from = "the first example of the training part of " + plan.data().name();
    return Optional.of(of(from, network, model, new Mode(plan.seed(), 1)));
  }

  /** With the example in the first row of a model's buffers, and the model's parameters. */
  public static FirstStep of(String from, Network network, Model model, Mode mode) {
    int steps = Arrays.stream(model.lengths()).limit(1).max().orElse(1);
    return new FirstStep(from, StepInputs.of(network.program(), model, 1), steps, mode);
  }

  /**
   * What a step of a run computes with, for an example of its batch.
   *
   * @param run the run folder
   * @param step counted from 1
   * @param example which of the batch, counted from 1
   * @param data where to look for files; else beside the model file
   * @throws dev.peephole.runtime.data.DataException if the run is not one of this model, or has no
   *     such step or example
   */
  public static FirstStep ofRun(
      Compilation compilation,
      Network network,
      Path run,
      long step,
      int example,
      Optional<Path> data) {
    RunFolder folder = RunFolder.open(run);
    dev.peephole.runtime.train.plan.Program program =
        Stream.of(Style.values())
            .map(style -> Linker.program(compilation, network, style))
            .filter(
                p ->
                    p.files().entrySet().stream()
                        .allMatch(f -> folder.holds(f.getKey(), f.getValue())))
            .findFirst()
            .orElseThrow(
                () ->
                    DataException.in(
                        run.toString(),
                        "is no run of this model on the processor",
                        "its files are not those that come of the model now; explain the copy of"
                            + " the model that the run keeps, with --data"));
    Replay.Moment moment = Replay.before(program, run, step, example, data);
    Model model = moment.model();
    int steps = Arrays.stream(model.lengths()).limit(1).max().orElse(1);
    List<double[]> inputs = StepInputs.of(network.program(), model, 1);
    return new FirstStep(moment.place(), inputs, steps, new Mode(moment.seed(), step));
  }

  private static boolean isThere(Source source, DataFolder folder) {
    return source.files().stream().allMatch(folder::has);
  }

  /**
   * With an example that is made up: normal numbers and any labels, or numbers between 0 and 1 if
   * the loss needs that.
   */
  public static FirstStep madeUp(Network network, long seed) {
    FirstStep step = madeUp(network, seed, true);
    return Double.isFinite(step.loss(network.program())) ? step : madeUp(network, seed, false);
  }

  /** The loss, without its gradients, which are computed behind it. */
  private double loss(Program program) {
    Function step = program.step();
    List<Equation> forward = new ArrayList<>();
    for (Equation e : step.equations()) {
      forward.add(e);
      if (e.out() == program.loss()) {
        break;
      }
    }
    Function toLoss = new Function(step.name(), step.inputs(), forward, List.of(program.loss()));
    return new Interpreter(1, mode).run(toLoss, inputs).get(0)[0];
  }

  private static FirstStep madeUp(Network network, long seed, boolean normal) {
    Program program = network.program();
    Philox random = new Philox(seed, EXAMPLE_STREAM);
    List<double[]> inputs = new ArrayList<>();
    for (Var var : program.step().inputs()) {
      int parameter = program.weights().indexOf(var);
      int state = program.step().inputs(Role.STATE).indexOf(var);
      if (parameter >= 0) {
        inputs.add(initial(program.parameters().get(parameter), seed));
      } else {
        inputs.add(
            state >= 0
                ? initial(program.states().get(state), seed)
                : numbers(program, var, random, normal));
      }
    }
    String why = network.plan().isPresent() ? "the data is not at hand" : "no plan names any data";
    return new FirstStep("made up, as " + why, inputs, MADE_UP_STEPS, new Mode(seed, 1));
  }

  private static double[] initial(Program.Parameter parameter, long seed) {
    double[] numbers = new Interpreter(1, seed).run(parameter.initializer(), List.of()).get(0);
    return Arrays.stream(numbers).map(v -> (float) v).toArray();
  }

  /** Examples begin without a state that is carried over. */
  private static double[] numbers(Program program, Var var, Philox random, boolean normal) {
    Shape shape = var.shape().forBatch(1, MADE_UP_STEPS);
    double[] numbers = new double[shape.size()];
    if (var.element() == Element.COUNT) {
      Arrays.fill(numbers, MADE_UP_STEPS);
    } else if (program.inputs().contains(var) || program.targets().contains(var)) {
      Arrays.setAll(
          numbers,
          k ->
              var.classes() > 0
                  ? random.nextInt(var.classes())
                  : (float) (normal ? random.nextGaussian() : random.nextUniform()));
    }
    return numbers;
  }
}
