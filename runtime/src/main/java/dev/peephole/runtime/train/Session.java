package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.file.Safetensors;
import dev.peephole.runtime.kernel.Mode;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.divergence.Diagnosis;
import dev.peephole.runtime.train.divergence.DivergenceException;
import dev.peephole.runtime.train.divergence.Remedy;
import dev.peephole.runtime.train.metric.Measurement;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Epoch;
import dev.peephole.runtime.train.progress.Progress;
import dev.peephole.runtime.train.step.Clip;
import dev.peephole.runtime.train.step.ShardedStep;
import dev.peephole.runtime.train.step.TrainingStep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A training run under way: everything that changes from epoch to epoch, and so everything that a
 * checkpoint holds.
 */
final class Session {
  private static final String WEIGHTS = "parameter/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String BEST = "best/";
  private static final String VALIDATED = "validation_losses";

  private final Plan plan;
  private final Model model;
  private final TrainingData data;
  private final Diagnosis diagnosis;
  private final Measuring measuring;
  private final TrainingStep trainingStep;
  private final Optional<EarlyStopping> stopping;
  private final Batches batches;
  private final Moment now = new Moment();
  private int epoch;
  private long step;
  private double keptLoss;

  /**
   * A run before its first epoch.
   *
   * @param model with its first parameters, and room for a batch
   * @param others a model for each further thread, with room for its share of a batch
   */
  Session(
      Plan plan,
      Model model,
      List<? extends Model> others,
      TrainingData data,
      Measuring measuring,
      Diagnosis diagnosis) {
    this.plan = plan;
    this.model = model;
    this.data = data;
    this.diagnosis = diagnosis;
    this.measuring = measuring;
    this.trainingStep = TrainingStep.of(model, others, data.training().examples(), plan);
    this.stopping =
        plan.patience().isPresent()
            ? Optional.of(new EarlyStopping(plan.patience().getAsInt(), model.weights()))
            : Optional.empty();
    this.batches = Batches.training(data.training(), plan);
  }

  /** A run with as many threads as are asked for, if a step is work enough for several. */
  static Session of(
      Program program,
      RunOptions options,
      Plan plan,
      Model model,
      TrainingData data,
      Measuring measuring,
      Diagnosis diagnosis) {
    int wanted = options.threads().orElse(1);
    if (wanted > 1 && plan.stateful()) {
      throw DataException.of(
          "states are carried over from window to window by one thread", "leave --threads away");
    }
    int examples = Math.min(plan.batch(), data.training().rows().length);
    int threads = ShardedStep.threads(model, wanted, examples, data.longest());
    List<Model> others = ShardedStep.others(program.model(), threads, examples, data.longest());
    return new Session(plan, model, others, data, measuring, diagnosis);
  }

  /** Whether there is no further epoch to run. */
  boolean finished() {
    return epoch >= plan.epochs() || stopping.filter(s -> s.stops(epoch)).isPresent();
  }

  /** The number of epochs that were run. */
  int epochs() {
    return epoch;
  }

  /** The number of steps that were taken. */
  long steps() {
    return step;
  }

  /** The training loss of the epoch whose parameters are kept. */
  double keptLoss() {
    return keptLoss;
  }

  /** The weights that the run would end with if it ended now. */
  List<Tensor> keptWeights() {
    return stopping.filter(s -> s.bestEpoch() > 0).map(EarlyStopping::best).orElse(model.weights());
  }

  /** Adds everything that {@link #load} needs. */
  void save(Safetensors file) {
    file.put("epoch", Integer.toString(epoch))
        .put("step", Long.toString(step))
        .put("loss", Json.number(keptLoss))
        .put(VALIDATED, text(now.losses()))
        .put(WEIGHTS, model.weights())
        .put(OPTIMIZER, model.optimizerStates());
    stopping
        .filter(s -> s.bestEpoch() > 0)
        .ifPresent(
            s ->
                file.put("best_epoch", Integer.toString(s.bestEpoch()))
                    .put("best_loss", Json.number(s.leastLoss()))
                    .put(BEST, s.best()));
  }

  /**
   * Goes on where a run was left.
   *
   * @throws dev.peephole.runtime.data.DataException if the file is not of this network
   */
  void load(Safetensors file) {
    try {
      epoch = Integer.parseInt(file.require("epoch"));
      step = Long.parseLong(file.require("step"));
      keptLoss = Double.parseDouble(file.require("loss"));
      remember(file);
      file.copyTo(WEIGHTS, model.weights());
      file.copyTo(OPTIMIZER, model.optimizerStates());
      model.upload();
      if (stopping.isPresent() && file.text("best_epoch").isPresent()) {
        file.copyTo(BEST, stopping.get().best());
        int best = Integer.parseInt(file.require("best_epoch"));
        stopping.get().resume(best, Double.parseDouble(file.require("best_loss")));
      }
    } catch (NumberFormatException e) {
      throw file.problem("is no checkpoint: " + e.getMessage(), "");
    }
  }

  /** Takes over what was measured in the epochs so far. */
  void remember(Safetensors file) {
    now.resume(losses(file.text(VALIDATED).orElse("")));
  }

  /** The epoch whose parameters are kept, if that is not always the last one. */
  OptionalInt bestEpoch() {
    return stopping.stream().mapToInt(EarlyStopping::bestEpoch).findFirst();
  }

  /** Ends further threads; nothing can be trained after that. */
  void close() {
    trainingStep.close();
  }

  /** Brings the weights that are kept into the model. */
  void end() {
    if (stopping.filter(s -> s.bestEpoch() > 0).isPresent()) {
      stopping.get().restore();
      model.upload();
    }
  }

  /**
   * Runs the next epoch.
   *
   * @param checkpoint what {@link #save} wrote before this epoch
   * @throws DivergenceException if a loss or a parameter is not finite
   */
  Epoch next(Progress progress, Supplier<Safetensors> checkpoint) {
    long start = System.nanoTime();
    epoch++;
    double loss = train(progress, checkpoint);
    double trained = (System.nanoTime() - start) / 1e9;
    Optional<Measurement> validation = Optional.empty();
    if (!data.validation().isEmpty()) {
      String when = "in the validation of epoch " + epoch;
      validation = Optional.of(measuring.measure(data.validation(), when));
      now.measured(validation.get().loss());
    }
    boolean kept = true;
    if (stopping.isPresent()) {
      kept = stopping.get().improves(epoch, validation.orElseThrow().loss());
    }
    keptLoss = kept ? loss : keptLoss;
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Epoch(
        epoch,
        step,
        loss,
        validation,
        trainingStep.clipped(),
        model.scheduled(at(step)),
        seconds,
        batches.examples() / trained);
  }

  /**
   * Takes the steps before a step of the run, without measuring anything, and fills the model with
   * that step's batch. Nothing else can be done after that.
   *
   * @param wanted counted from 1, and not yet taken
   * @return its batch
   */
  Batch goTo(long wanted) {
    while (true) {
      epoch++;
      batches.begin(epoch, plan);
      for (int b = 0; b < batches.count(); b++) {
        model.mode().train(plan.seed(), ++step);
        if (step == wanted) {
          trainingStep.fill(batches, b);
          return new Batch(epoch, b, batches);
        }
        trainingStep.run(batches, b, at(step));
      }
    }
  }

  /** Where the run is in a step of this epoch. */
  private Moment at(long number) {
    return now.at(number, epoch, (number - 1) / (double) ((long) plan.epochs() * batches.count()));
  }

  private static String text(double[] numbers) {
    return DoubleStream.of(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "));
  }

  private static double[] losses(String numbers) {
    return Stream.of(numbers.split(" "))
        .filter(number -> !number.isEmpty())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /**
   * A batch of an epoch.
   *
   * @param number counted from 0 in the epoch
   */
  record Batch(int epoch, int number, Batches of) {}

  /** The mean loss over the training examples. */
  private double train(Progress progress, Supplier<Safetensors> checkpoint) {
    batches.begin(epoch, plan);
    long before = step;
    int told = 0;
    double sum = 0;
    Mode mode = model.mode();
    for (int b = 0; b < batches.count(); b++) {
      mode.train(plan.seed(), ++step);
      for (double loss : trainingStep.run(batches, b, at(step))) {
        if (!Double.isFinite(loss)) {
          throw diverged(loss, told, before, checkpoint);
        }
        sum += loss * batches.size(told);
        int done = batches.upTo(told++);
        progress.step(epoch, done, sum / done);
      }
    }
    model.download();
    if (!finite(model.parameters())) {
      throw retraced(checkpoint.get());
    }
    return sum / batches.examples();
  }

  private static boolean finite(List<Tensor> tensors) {
    return tensors.stream().allMatch(tensor -> tensor.isFinite(tensor.length()));
  }

  /**
   * The error of a batch.
   *
   * @param batch its number in the epoch
   * @param before how many steps the run had before the epoch
   */
  private DivergenceException diverged(
      double loss, int batch, long before, Supplier<Safetensors> checkpoint) {
    model.download();
    if (!finite(model.parameters())) {
      return retraced(checkpoint.get());
    }
    step = before + batch + 1;
    double norm = norm();
    trainingStep.fill(batches, batch);
    model.mode().train(plan.seed(), step);
    return diagnosis.explain(loss, batches.size(batch), when(batch), remedy(norm));
  }

  /**
   * The error of an epoch after which parameters are not finite: goes through it once more, from
   * its beginning and to the same numbers, up to the step that makes them so.
   */
  private DivergenceException retraced(Safetensors checkpoint) {
    int failed = epoch;
    load(checkpoint);
    epoch = failed;
    List<Tensor> state = Stream.of(model.weights(), model.carried()).flatMap(List::stream).toList();
    double norm = 0;
    for (int b = 0; b < batches.count(); b++) {
      List<Tensor> before = state.stream().map(Tensor::copy).toList();
      model.mode().train(plan.seed(), ++step);
      trainingStep.run(batches, b, at(step));
      model.download();
      if (!finite(model.parameters())) {
        for (int t = 0; t < state.size(); t++) {
          state.get(t).copyFrom(before.get(t), before.get(t).length());
        }
        trainingStep.fill(batches, b);
        return diagnosis.explainUpdate(batches.size(b), when(b), remedy(norm));
      }
      norm = norm();
    }
    String message = "parameters are not finite after epoch " + epoch;
    return new DivergenceException(message, "no single step makes them so", "", remedy(norm));
  }

  private double norm() {
    return new Clip(OptionalDouble.empty(), OptionalDouble.empty(), model.gradients()).norm();
  }

  private Remedy remedy(double norm) {
    return Remedy.of(step - 1, norm, plan.clipNorm().isPresent() || plan.clipValue().isPresent());
  }

  private String when(int batch) {
    return "in epoch %s, at step %s of the epoch and %s of the run"
        .formatted(epoch, batch + 1, step);
  }
}
