package dev.peephole.runtime.train.report;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.file.AtomicFile;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.metric.Metric;
import dev.peephole.runtime.train.metric.Metrics;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.output.RunFolder;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.progress.Epoch;
import dev.peephole.runtime.train.report.answer.Answering;
import dev.peephole.runtime.train.report.answer.Augmented;
import dev.peephole.runtime.train.report.answer.Worst;
import dev.peephole.runtime.train.report.record.Recording;
import dev.peephole.runtime.train.report.record.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Writes the report of a run while it goes on: after each epoch a row of a table, now and then a
 * look into the network, and every few seconds the page anew. It changes nothing of what is
 * trained.
 *
 * <p>Looks and pages take time, so there are at most some fifty looks in a run, evenly spread, and
 * fewer where the {@link Budget} does not allow them. The first and the last state are always
 * there.
 */
public final class Recorder {
  private static final int LOOKS = 50;
  private static final long BETWEEN_PAGES = 5_000_000_000L;

  /** So many examples are answered for the page of a run that goes on. */
  private static final int MEANWHILE = 200;

  /** And so many at its end. */
  private static final int AT_THE_END = 1000;

  private final Plan plan;
  private final TrainingData data;
  private final Model model;
  private final RunFolder folder;
  private final Recording recording;
  private final List<Metric> metrics;
  private final LongSupplier nanos;
  private final Budget budget;
  private final List<Figure> augmentation;
  private long nextPage;

  /**
   * @param model the one that is trained, with room for a batch
   */
  public Recorder(Program program, Plan plan, TrainingData data, Model model, RunFolder folder) {
    this(program, plan, data, model, folder, System::nanoTime);
  }

  /** The same by another clock. */
  Recorder(
      Program program,
      Plan plan,
      TrainingData data,
      Model model,
      RunFolder folder,
      LongSupplier nanos) {
    this.plan = plan;
    this.data = data;
    this.model = model;
    this.folder = folder;
    this.nanos = nanos;
    this.budget = new Budget(nanos);
    this.metrics = Metrics.of(plan.metrics(), model, data.labelNames(), data.scalings());
    this.recording =
        new Recording(
            folder.tables(),
            metrics.stream().flatMap(metric -> metric.names().stream()).toList(),
            model.scheduled(new Moment()).keySet(),
            program.textbook(),
            data.training());
    this.augmentation =
        plan.augmented().isEmpty()
            ? List.of()
            : new AugmentedSeen(Augmented.of(program.textbook().get(), plan, data)).figures();
    this.nextPage = nanos.getAsLong() + BETWEEN_PAGES;
  }

  /**
   * Begins before the first epoch, or goes on after one with what was recorded up to there.
   *
   * @param midway whether the run goes on in the middle of the next one
   */
  public void begin(int epoch, long step, boolean midway) {
    budget.spendOnce(() -> recording.resume(epoch, step, midway, model.weights()));
  }

  /** Takes an epoch into account. */
  public void add(Epoch epoch) {
    budget.spend(() -> recording.add(epoch));
    int stride = (plan.epochs() + LOOKS - 1) / LOOKS;
    boolean due = epoch.number() % stride == 0 || epoch.number() == 1;
    if (due && budget.allows()) {
      budget.spend(() -> look(epoch.number(), epoch.steps()));
    }
    if (nanos.getAsLong() >= nextPage && budget.allows()) {
      budget.spend(() -> goesOn(epoch.number()));
      nextPage = nanos.getAsLong() + BETWEEN_PAGES;
    }
  }

  private void look(int epoch, long step) {
    if (!recording.hasLookedAt(epoch)) {
      recording.look(epoch, step, model.weights());
    }
  }

  private void goesOn(int epoch) {
    String state =
        "Epoch %s of %s is over; the run goes on, and this page with it."
            .formatted(epoch, plan.epochs());
    boolean validated = !data.validation().isEmpty();
    Part part = validated ? data.validation() : data.training();
    write(state, part, validated ? Result.VALIDATION : Result.TRAINING, MEANWHILE);
  }

  /** Takes the state after the last epoch into account. */
  public void last(int epoch, long step) {
    budget.spendOnce(() -> look(epoch, step));
  }

  /**
   * Writes the page of a run that is over.
   *
   * @param state what came of it, in a sentence
   */
  public void end(String state) {
    List<Map.Entry<String, Part>> parts = List.copyOf(data.telling().entrySet());
    Map.Entry<String, Part> part = parts.get(parts.size() - 1);
    budget.spendOnce(() -> write(state, part.getValue(), part.getKey(), AT_THE_END));
  }

  /** The same of a run that broke off: without what the network would answer. */
  public void brokeOff(String state) {
    page(state, List.of(), List.of());
  }

  /** How many seconds the report took while the run went on. */
  public double seconds() {
    return budget.seconds();
  }

  /** How many it took at both ends of the run. */
  public double secondsOnce() {
    return budget.secondsOnce();
  }

  private void write(String state, Part part, String name, int examples) {
    Answering answering = new Answering(model, plan, data, part, examples);
    AnswersSeen seen = new AnswersSeen(answering, name, plan.windowStep().isPresent());
    List<Figure> figures = new ArrayList<>(seen.figures());
    List<Table> tables = new ArrayList<>(seen.tables());
    List<Worst> worst = answering.worst();
    if (!worst.isEmpty()) {
      WorstSeen cards =
          new WorstSeen(
              worst, name, answering.mistaken(), answering.examples(), answering.candidates());
      figures.add(cards.figure());
      tables.add(cards.table());
    }
    page(state, figures, tables);
  }

  private void page(String state, List<Figure> answers, List<Table> tables) {
    List<Table> all = new ArrayList<>(tables);
    all.addAll(List.of(recording.units(), recording.activity()));
    all.stream().filter(table -> !table.isEmpty()).forEach(table -> table.write(folder.tables()));
    List<String> symbols = Answering.symbols(model, plan, data, recording.sample(), 0);
    List<Figure> gradients =
        new ArrayList<>(new Backflow(recording.backflows(), plan.truncation()).figures());
    gradients.addAll(new Parameters(recording.parameters()).figures(plan.optimizer()));
    List<Page.Section> sections =
        List.of(
            new Page.Section(
                "learning", "Learning", new Learning(recording.epochs()).figures(metrics)),
            new Page.Section("augmentation", "Augmentation", augmentation),
            new Page.Section("answers", "Answers", answers),
            new Page.Section("weights-and-gradients", "Weights and gradients", gradients),
            new Page.Section("units", "Units", new Units(recording).figures()),
            new Page.Section("time", "Over time", new Cells(recording, symbols).figures()));
    String page =
        Page.of(folder.tables().getFileName().toString(), plan.network(), state, facts(), sections);
    AtomicFile.write(folder.report(), page);
  }

  private Map<String, String> facts() {
    int numbers = model.parameters().stream().mapToInt(Tensor::length).sum();
    return Page.facts(
        "model", plan.modelFile(),
        "data", plan.data().name(),
        "training + validation + test", data.sizes() + " examples",
        "parameters", Words.count(numbers, "number"),
        "optimizer", plan.optimizer(),
        "batch", Integer.toString(plan.batch()),
        "clip norm", limit(plan.clipNorm()),
        "clip value", limit(plan.clipValue()),
        "truncate", plan.truncation().isPresent() ? plan.truncation().getAsInt() + " steps" : "",
        "seed", Long.toString(plan.seed()));
  }

  private static String limit(OptionalDouble limit) {
    return limit.isPresent() ? Words.number(limit.getAsDouble()) : "";
  }
}
