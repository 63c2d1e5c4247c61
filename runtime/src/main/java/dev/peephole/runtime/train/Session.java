package dev.peephole.runtime.train;

import dev.peephole.runtime.AsynchronousModel;
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
import dev.peephole.runtime.train.metric.Metrics;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.plan.WeightAverage;
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
  private static final String AVERAGE = "average/";
  private static final String AVERAGED = "averaged";
  private static final String VALIDATED = "validation_losses";
  private static final String UNDER_WAY = "under_way.";
  private static final String CARRIED = "carried/";

  private final Plan plan;
  private final Model model;
  private final TrainingData data;
  private final Diagnosis diagnosis;
  private final Measuring measuring;
  private final TrainingStep trainingStep;
  private final Optional<EarlyStopping> stopping;
  private final Optional<Averaging> averaging;
  private final Batches batches;
  private final Moment now = new Moment();
  private int epoch;
  private long step;
  private double keptLoss;

  /** Whether an epoch is under way; what follows is of its steps so far. */
  private boolean underWay;

  private int taken;
  private double sum;

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
            ? Optional.of(
                new EarlyStopping(
                    plan.patience().getAsInt(),
                    plan.watched().filter(Metrics::isMoreBetter).isPresent(),
                    plan.leastImprovement(),
                    model.weights()))
            : Optional.empty();
    this.averaging = plan.average().map(how -> new Averaging(how, model.weights()));
    if (model instanceof AsynchronousModel
        && plan.average().filter(WeightAverage::overSteps).isPresent()) {
      throw DataException.of(
          "an average over all steps is kept by the processor, and this run is on a device",
          "take the average over epochs: average from 0.75");
    }
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
    int examples = Math.min(plan.batch(), data.training().rows().length);
    int threads = threads(options, plan, model, data);
    List<Model> others = ShardedStep.others(program.model(), threads, examples, data.longest());
    return new Session(plan, model, others, data, measuring, diagnosis);
  }

  /** How many threads a run has. */
  static int threads(RunOptions options, Plan plan, Model model, TrainingData data) {
    int wanted = options.threads().orElse(1);
    if (wanted > 1 && plan.stateful()) {
      throw DataException.of(
          "states are carried over from window to window by one thread", "leave --threads away");
    }
    int examples = Math.min(plan.batch(), data.training().rows().length);
    return ShardedStep.threads(model, wanted, examples, data.longest());
  }

  /** Whether there is no further epoch to run. */
  boolean finished() {
    return epoch >= plan.epochs() || stopping.filter(s -> s.stops(epoch)).isPresent();
  }

  /** The number of epochs that were run to their ends. */
  int epochs() {
    return underWay ? epoch - 1 : epoch;
  }

  /** Whether an epoch is under way, and some of its steps are taken. */
  boolean midway() {
    return taken > 0;
  }

  /** Where the run is, in words. */
  String place() {
    String steps = " after step %s of %s".formatted(taken, batches.count());
    return (taken > 0 ? "in epoch " + (epochs() + 1) + steps : "after epoch " + epochs())
        + ", step %s of the run".formatted(step);
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
    return stopping
        .filter(s -> s.bestEpoch() > 0)
        .map(EarlyStopping::best)
        .or(() -> average().map(Averaging::mean))
        .orElse(model.weights());
  }

  /** The average, if there is one yet. */
  private Optional<Averaging> average() {
    return averaging.filter(Averaging::begun);
  }

  /** Adds everything that {@link #load} needs; between two steps. */
  void save(Safetensors file) {
    file.put("epoch", Integer.toString(epochs()))
        .put("step", Long.toString(step))
        .put("loss", Json.number(keptLoss))
        .put(VALIDATED, text(now.losses()))
        .put(WEIGHTS, model.weights())
        .put(OPTIMIZER, model.optimizerStates());
    average().ifPresent(a -> file.put(AVERAGED, Long.toString(a.count())).put(AVERAGE, a.mean()));
    stopping
        .filter(s -> s.bestEpoch() > 0)
        .ifPresent(
            s ->
                file.put("best_epoch", Integer.toString(s.bestEpoch()))
                    .put("best_loss", Json.number(s.figure()))
                    .put(BEST, s.best()));
    if (taken > 0) {
      file.put(UNDER_WAY + "taken", Integer.toString(taken))
          .put(UNDER_WAY + "of", batches.count() + " batches of " + plan.batch())
          .put(UNDER_WAY + "sum", Json.number(sum))
          .put(UNDER_WAY + "clipped", Long.toString(trainingStep.clippedSoFar()))
          .put(CARRIED, whole(model.carried()));
    }
  }

  /** Buffers of batches as tensors of all their rows. */
  private static List<Tensor> whole(List<Tensor> rows) {
    return rows.stream()
        .map(
            t ->
                t.array() instanceof float[] floats
                    ? Tensor.of(t.name(), floats, floats.length)
                    : Tensor.of(t.name(), (double[]) t.array(), t.length()))
        .toList();
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
      loadUnderWay(file);
      model.upload();
      if (averaging.isPresent() && file.text(AVERAGED).isPresent()) {
        file.copyTo(AVERAGE, averaging.get().mean());
        averaging.get().resume(Long.parseLong(file.require(AVERAGED)));
      }
      if (stopping.isPresent() && file.text("best_epoch").isPresent()) {
        file.copyTo(BEST, stopping.get().best());
        int best = Integer.parseInt(file.require("best_epoch"));
        stopping.get().resume(best, Double.parseDouble(file.require("best_loss")));
      }
    } catch (NumberFormatException e) {
      throw file.problem("is no checkpoint: " + e.getMessage(), "");
    }
  }

  private void loadUnderWay(Safetensors file) {
    taken = 0;
    sum = 0;
    if (file.text(UNDER_WAY + "taken").isPresent()) {
      String now = batches.count() + " batches of " + plan.batch();
      if (!file.require(UNDER_WAY + "of").equals(now)) {
        throw file.problem(
            "is from the middle of an epoch of %s, not of %s"
                .formatted(file.require(UNDER_WAY + "of"), now),
            "leave --batch away until this epoch is over");
      }
      taken = Integer.parseInt(file.require(UNDER_WAY + "taken"));
      sum = Double.parseDouble(file.require(UNDER_WAY + "sum"));
      trainingStep.resume(taken, Long.parseLong(file.require(UNDER_WAY + "clipped")));
      file.copyTo(CARRIED, whole(model.carried()));
    }
    if (epoch < 0 || taken < 0 || taken > batches.count() || step < taken) {
      throw file.problem("is no checkpoint: there is no such step", "");
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
    } else if (average().isPresent()) {
      averaging.get().bringIn();
      model.upload();
    }
  }

  /** What may come between two steps, or between two batches that are measured. */
  interface Pause {
    /** Nothing ever comes between. */
    Pause NONE = Optional::empty;

    /**
     * What is to be done, if anything; the session may be saved. It may throw what ends the run.
     */
    Optional<Runnable> wanted();
  }

  /**
   * Runs the next epoch, or the rest of the one under way.
   *
   * @param checkpoint what {@link #save} wrote last
   * @throws DivergenceException if a loss or a parameter is not finite
   */
  Epoch next(Progress progress, Pause pause, Supplier<Safetensors> checkpoint) {
    long start = System.nanoTime();
    epoch++;
    underWay = true;
    int examples = batches.examples() - (taken == 0 ? 0 : batches.upTo(taken - 1));
    double loss = train(progress, pause, checkpoint);
    double trained = (System.nanoTime() - start) / 1e9;
    Optional<Measurement> validation = Optional.empty();
    averaging.ifPresent(a -> a.epoch(epoch, plan.epochs()));
    average().ifPresent(a -> change(a::bringIn));
    if (!data.validation().isEmpty()) {
      String when = "in the validation of epoch " + epoch;
      validation = Optional.of(measuring.measure(data.validation(), when, pause));
      now.measured(validation.get().loss());
    }
    boolean kept = true;
    if (stopping.isPresent()) {
      String watched = plan.watched().orElse("loss");
      kept = stopping.get().improves(epoch, validation.orElseThrow().figure(watched));
    }
    average().ifPresent(a -> change(a::putBack));
    keptLoss = kept ? loss : keptLoss;
    underWay = false;
    taken = 0;
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Epoch(
        epoch,
        step,
        loss,
        validation,
        trainingStep.clipped(),
        model.scheduled(at(step)),
        seconds,
        examples / trained);
  }

  private void change(Runnable weights) {
    weights.run();
    model.upload();
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
  private double train(Progress progress, Pause pause, Supplier<Safetensors> checkpoint) {
    batches.begin(epoch, plan);
    sum = taken == 0 ? 0 : sum;
    int told = taken;
    Mode mode = model.mode();
    while (taken < batches.count()) {
      mode.train(plan.seed(), ++step);
      told = tell(trainingStep.run(batches, taken++, at(step)), told, progress, checkpoint);
      Optional<Runnable> between = pause.wanted();
      if (between.isPresent()) {
        told = tell(trainingStep.untold(), told, progress, checkpoint);
        bringHome(checkpoint);
        between.get().run();
      }
      averaging.ifPresent(Averaging::step);
    }
    bringHome(checkpoint);
    return sum / batches.examples();
  }

  /** Takes losses into account; returns of how many batches they are known. */
  private int tell(double[] losses, int from, Progress progress, Supplier<Safetensors> checkpoint) {
    int told = from;
    for (double loss : losses) {
      if (!Double.isFinite(loss)) {
        throw diverged(loss, told, step - taken, checkpoint);
      }
      sum += loss * batches.size(told);
      int done = batches.upTo(told++);
      progress.step(epoch, done, sum / done);
    }
    return told;
  }

  /** Brings what was learned into the tensors. */
  private void bringHome(Supplier<Safetensors> checkpoint) {
    model.download();
    if (!finite(model.parameters())) {
      throw retraced(checkpoint.get());
    }
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
   * The error of an epoch in which parameters are not finite any more: goes through it once more,
   * from the last checkpoint and to the same numbers, up to the step that makes them so.
   */
  private DivergenceException retraced(Safetensors checkpoint) {
    int failed = epoch;
    load(checkpoint);
    epoch = failed;
    List<Tensor> state = Stream.of(model.weights(), model.carried()).flatMap(List::stream).toList();
    double norm = 0;
    for (int b = taken; b < batches.count(); b++) {
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
