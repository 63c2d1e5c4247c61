package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.DataWarning;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.file.Safetensors;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.divergence.Diagnosis;
import dev.peephole.runtime.train.divergence.DivergenceException;
import dev.peephole.runtime.train.metric.Measurement;
import dev.peephole.runtime.train.output.PredictionTable;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.output.ResultTable;
import dev.peephole.runtime.train.output.RunFolder;
import dev.peephole.runtime.train.output.TensorBoard;
import dev.peephole.runtime.train.output.Weights;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import dev.peephole.runtime.train.progress.Epoch;
import dev.peephole.runtime.train.progress.Progress;
import dev.peephole.runtime.train.progress.ProgressBar;
import dev.peephole.runtime.train.progress.ProgressLines;
import dev.peephole.runtime.train.report.Recorder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Trains a network as its plan says, and leaves a run folder. */
public final class Training {
  private static final long BETWEEN_CHECKPOINTS = 60_000_000_000L;

  private final Program program;
  private final RunOptions options;
  private final Console console;
  private final Plan plan;
  private final Model model;
  private final TrainingData data;
  private final Weights about;
  private final Measuring measuring;
  private final Session session;
  private final RunFolder folder;
  private final Recorder recorder;
  private final List<String> changes;
  private final boolean acrossBatch;
  private final String memory;
  private TensorBoard tensorBoard;
  private Interruption interruption;
  private String saved = "";
  private long savedAt = System.nanoTime();

  /**
   * Runs a training to its end.
   *
   * <p>Progress goes to the console's {@code err}, the result as a table to its {@code out}; if
   * events are asked for, they are all that goes there.
   *
   * @throws dev.peephole.runtime.data.DataException if something is wrong with the data, or with
   *     the run folder
   * @throws DivergenceException if a loss is not finite; the run folder stays as it was after the
   *     last whole epoch
   * @throws StoppedException if the process is to end
   */
  public static Result run(Program program, RunOptions options, Console console) {
    return program.plan().folds().isPresent()
        ? Folds.run(program, options, console)
        : run(program, options, console, Interruption::bySignal);
  }

  /** The same until something else asks it to stop. */
  static Result run(
      Program program, RunOptions options, Console console, Supplier<Interruption> interruption) {
    Optional<RunFolder> resumed = options.resume().map(RunFolder::resume);
    try {
      Training training = new Training(program, options, console, resumed);
      Result result = training.run(interruption);
      if (!options.json()) {
        ResultTable.lines(result).forEach(console::print);
        console.print("");
        console.print(training.folder.toString());
      }
      return result;
    } finally {
      resumed.ifPresent(RunFolder::close);
    }
  }

  Training(Program program, RunOptions asked, Console console, Optional<RunFolder> resumed) {
    this.program = program;
    this.console = console;
    Optional<Checkpoint> checkpoint =
        resumed.filter(RunFolder::hasCheckpoint).map(Checkpoint::read);
    options = checkpoint.map(c -> c.settle(asked)).orElse(asked);
    plan = program.plan().with(options);

    model = program.model().get();
    model.reserve(1);
    data = TrainingData.load(plan, new DataFolder(program.folder(), options.data()), model);
    about = new Weights(plan.network(), plan.seed(), data.scalings(), data.labelNames());
    int examples = Math.min(plan.batch(), data.largestPart());
    int threads = Session.threads(options, plan, model, data);
    memory = new Room(model, threads, data.longest(), true).require(examples);
    model.reserve(examples, data.longest());
    model.initialize(plan.seed());
    boolean scheduled = !model.scheduled(new Moment()).isEmpty();
    changes = checkpoint.map(c -> c.changes(plan, scheduled)).orElse(List.of());
    Diagnosis diagnosis = new Diagnosis(model, program);
    measuring = new Measuring(model, plan, about, diagnosis);
    session = Session.of(program, options, plan, model, data, measuring, diagnosis);
    checkpoint.ifPresent(c -> c.restore(session, about, data));
    folder =
        resumed.orElseGet(
            () -> RunFolder.create(plan.network(), options.out(), this::writeCheckpoint));
    recorder = new Recorder(program, plan, data, model, folder);
    acrossBatch = model.acrossBatch();
  }

  /** Runs to the end; the result is not told of yet, unless events are. */
  Result run(Supplier<Interruption> asks) {
    try (folder;
        Interruption asking = asks.get()) {
      interruption = asking;
      begin();
      return train();
    } catch (DataException e) {
      throw saved.isEmpty()
          ? e
          : e.with(folder + " holds the run " + saved + ", and --resume goes on");
    }
  }

  /** The checkpoint is the first file, so that who is killed in between can go on. */
  private void begin() {
    boolean resumed = options.resume().isPresent();
    if (resumed && modelFileChanged()) {
      note(plan.modelFile() + " has changed since the run began");
    }
    if (resumed && !folder.hasCheckpoint()) {
      note("the run ended before its first checkpoint, and begins anew");
    }
    changes.forEach(this::note);
    data.warnings().forEach(this::warn);
    plan.reaches().stream().flatMap(r -> r.warning(data.training()).stream()).forEach(this::warn);
    if (acrossBatch) {
      single().ifPresent(this::warn);
    }
    if (!memory.isEmpty() && !options.quiet()) {
      note(memory);
    }
    if (!folder.hasCheckpoint()) {
      saveCheckpoint();
    }
    int logged = folder.truncateLog(session.epochs());
    if (logged < session.epochs()) {
      note("the log lacks %s of %s epochs".formatted(session.epochs() - logged, session.epochs()));
    }
    folder.writeProgram(program.files());
    recorder.begin(session.epochs(), session.steps(), session.midway());
    tensorBoard = new TensorBoard(folder, options.tensorboard(), session.epochs());
    save();
  }

  private void note(String text) {
    console.err().println("note: " + text);
  }

  private Result train() {
    Progress progress = progress();
    try {
      while (!session.finished()) {
        Epoch epoch = session.next(progress, this::pause, this::checkpoint);
        String event = Json.object(epoch.event());
        folder.log(event);
        recorder.add(epoch);
        tensorBoard.add(epoch);
        save();
        print(event);
        progress.epoch(epoch);
        stopIfAsked();
      }
      progress.end();
      return finish();
    } catch (DivergenceException e) {
      recorder.brokeOff("It failed: " + e.getMessage() + ".");
      throw e.with(left(session.epochs()));
    } catch (StoppedException e) {
      progress.end();
      tellOfStop(e);
      throw e;
    } finally {
      progress.end();
      session.close();
    }
  }

  private Safetensors checkpoint() {
    return Safetensors.read(folder.checkpoint());
  }

  /** Between two steps: from time to time a checkpoint, and the wish to stop. */
  private Optional<Runnable> pause() {
    if (interruption.asked()) {
      return Optional.of(
          () -> {
            save();
            stopIfAsked();
          });
    }
    boolean due = System.nanoTime() - savedAt > BETWEEN_CHECKPOINTS;
    return due ? Optional.of(this::saveCheckpoint) : Optional.empty();
  }

  private void stopIfAsked() {
    if (interruption.asked()) {
      throw new StoppedException(session.place());
    }
  }

  private void tellOfStop(StoppedException stop) {
    recorder.brokeOff("It was stopped " + stop.getMessage() + "; it can be resumed.");
    console.err().println("stopped " + stop.getMessage());
    console.err().println("  go on with: --resume " + folder);
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "stopped");
    event.put("epochs", session.epochs());
    event.put("steps", session.steps());
    event.put("run", folder.toString());
    print(Json.object(event));
  }

  /** A batch of a single example, of what is computed across batches. */
  private Optional<DataWarning> single() {
    int examples = data.training().rows().length;
    if (plan.batch() > 1 && examples % plan.batch() != 1) {
      return Optional.empty();
    }
    return Optional.of(
        new DataWarning(
            plan.modelFile(),
            plan.batch() > 1
                ? "the last batch of each epoch has a single example, and means and variances over"
                    + " the batch are then over that one"
                : "each batch has a single example, and means and variances over the batch are over"
                    + " that one",
            "of %s examples, batches of %s leave no single one"
                .formatted(examples, another(examples))));
  }

  /** The next larger size of batches that leaves no single example. */
  private int another(int examples) {
    int batch = plan.batch() + 1;
    while (examples % batch == 1 && batch < examples) {
      batch++;
    }
    return batch;
  }

  private void warn(DataWarning warning) {
    console.err().println("warning: " + warning.report());
    print(Json.object(warning.event()));
  }

  private String left(int epochs) {
    return Files.notExists(folder.weights())
        ? folder + " holds no weights, because no epoch came to its end"
        : folder + " holds the run up to the end of epoch " + epochs + ", whose weights are finite";
  }

  private boolean modelFileChanged() {
    String now = program.files().get(plan.modelFile());
    return now != null && folder.hasOther(plan.modelFile(), now);
  }

  /** First what may be ahead of the checkpoint, last the checkpoint. */
  private void save() {
    if (session.steps() > 0) {
      about.write(folder.weights(), session.keptWeights());
    }
    saveCheckpoint();
  }

  private void saveCheckpoint() {
    writeCheckpoint(folder);
    saved = session.place();
    savedAt = System.nanoTime();
  }

  private void writeCheckpoint(RunFolder to) {
    Checkpoint.write(to, options, plan, about, data, session);
  }

  private void print(String event) {
    if (options.json()) {
      console.print(event);
    }
  }

  /** Nothing is left to be saved. */
  private Optional<Runnable> ending() {
    return interruption.asked() ? Optional.of(this::stopIfAsked) : Optional.empty();
  }

  private Result finish() {
    recorder.last(session.epochs(), session.steps());
    session.end();
    Map<String, Measurement> parts = new LinkedHashMap<>();
    for (Map.Entry<String, Part> part : data.telling().entrySet()) {
      String when = "in the " + part.getKey() + " part";
      parts.put(part.getKey(), measuring.measure(part.getValue(), when, this::ending));
    }
    OptionalInt epochs = OptionalInt.of(session.epochs());
    Result result =
        new Result(epochs, OptionalDouble.of(session.keptLoss()), parts, folder.toString());
    recorder.end(outcome());
    tensorBoard.add(result);
    Map<String, Object> told = result.event();
    told.put("report_seconds", recorder.seconds());
    told.put("report_once_seconds", recorder.secondsOnce());
    String event = Json.object(told);
    folder.log(event);
    print(event);
    if (!options.quiet()) {
      session.bestEpoch().ifPresent(this::sayWhichEpoch);
    }
    return result;
  }

  /**
   * What the trained network says of the examples of the test part, as rows of a table by the
   * numbers of the examples in the data, counted from 1; the header stands under 0.
   */
  void answers(Map<Integer, List<String>> rows) {
    Batches batches = Batches.predicting(data.test(), plan);
    model.reserve(batches.largest(), data.test().longest());
    StringWriter text = new StringWriter();
    PredictionTable table = new PredictionTable(model, about, Optional.of("example"), text);
    Feed feed = new Feed(data.test().examples(), model, TrainingData.tensors(model));
    model.mode().evaluate();
    for (int b = 0; b < batches.count(); b++) {
      int batch = b;
      feed.fill(batches, b);
      model.predict(batches.size(b));
      table.add(batches.size(b), i -> Optional.of(Integer.toString(batches.example(batch, i) + 1)));
      model.carry(batches.size(b));
    }
    try {
      table.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text takes everything
    }
    List<String> lines = text.toString().lines().toList();
    rows.put(0, lines.subList(0, 1));
    for (String line : lines.subList(1, lines.size())) {
      int example = Integer.parseInt(line.substring(0, line.indexOf(',')));
      rows.computeIfAbsent(example, e -> new ArrayList<>()).add(line);
    }
  }

  private String outcome() {
    String over =
        session.epochs() < plan.epochs()
            ? "It stopped early, after epoch %s of %s."
            : "It is over, after epoch %s of %s.";
    return over.formatted(session.epochs(), plan.epochs())
        + (session.bestEpoch().isPresent()
            ? " The weights, and what is shown of answers, are those of epoch %s."
                .formatted(session.bestEpoch().getAsInt())
            : "");
  }

  private void sayWhichEpoch(int epoch) {
    console.err().println("the weights are those of epoch " + epoch + ", of " + session.epochs());
  }

  private Progress progress() {
    if (options.quiet()) {
      return Progress.NONE;
    }
    int examples = data.training().rows().length;
    return console.terminal()
        ? new ProgressBar(console.err(), plan.epochs(), examples, plan.batch())
        : new ProgressLines(console.err(), plan.epochs(), examples);
  }
}
