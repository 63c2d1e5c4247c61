package dev.peephole.runtime.train.report.record;

import dev.peephole.runtime.Insight;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.file.AtomicFile;
import dev.peephole.runtime.train.progress.Epoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is known of a run epoch by epoch. Its tables are files that grow with the run as its log
 * does; a run that goes on reads them again.
 *
 * <p>Loss and metrics are written down after each epoch, what the network looks like inside before
 * the first and after some of them.
 */
public final class Recording {
  /** How many stretches a histogram has. */
  public static final int STRETCHES = 32;

  /** Of a sequence so many time steps are written down at most, evenly spread. */
  private static final int STEPS = 200;

  /** Of an example so many units and time steps are shown at most, the first ones. */
  private static final int ACTIVE_UNITS = 32;

  private static final int ACTIVE_STEPS = 100;

  private final Path folder;
  private final List<String> metrics;
  private final List<String> scheduled;
  private final Table epochs;
  private final Table parameters =
      new Table("parameters", "epoch", "parameter", "weights", "gradient", "moved");
  private final Table values =
      new Table(
          "values", "epoch", "value", "mean", "q05", "q25", "q50", "q75", "q95", "low", "high",
          "stuck", "units");
  private final Table histograms = new Table("histograms", "epoch", "value", "from", "to", "share");
  private final Table backflows = new Table("backflows", "epoch", "state", "step", "norm");
  private final Probe probe;
  private List<Tensor> before = List.of();
  private long stepBefore;
  private Snapshot latest;
  private int looked = -1;

  /**
   * @param folder where its tables are
   * @param metrics what is measured besides the loss
   * @param scheduled the options of the optimizer that change while training goes on
   * @param textbook makes the network in code that keeps every value
   */
  public Recording(
      Path folder,
      List<String> metrics,
      Collection<String> scheduled,
      Supplier<? extends Model> textbook,
      Part training) {
    this.folder = folder;
    this.metrics = List.copyOf(metrics);
    this.scheduled = List.copyOf(scheduled);
    this.probe = new Probe(textbook, training);
    List<String> columns =
        new ArrayList<>(List.of("epoch", "step", "loss", "validation_loss", "clipped"));
    columns.addAll(scheduled);
    columns.addAll(metrics);
    this.epochs = new Table("epochs", columns);
  }

  private Stream<Table> growing() {
    return Stream.of(epochs, parameters, values, histograms, backflows);
  }

  /**
   * Goes on after an epoch, or begins before the first: drops what is written down of later ones.
   *
   * @param midway whether it goes on in the middle of the next one; then nothing is written down of
   *     what the network looks like there
   * @throws dev.peephole.runtime.data.DataException if a table cannot be read or written
   */
  public void resume(int epoch, long step, boolean midway, List<Tensor> trained) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw AtomicFile.unwritable(folder, e);
    }
    growing().forEach(table -> table.read(folder, epoch));
    growing()
        .filter(table -> !table.isEmpty() || Files.exists(folder.resolve(table.file())))
        .forEach(table -> table.write(folder));
    if (midway || parameters.texts("epoch").contains(Integer.toString(epoch))) {
      latest = probe.look(trained);
      remember(epoch, step, trained);
    } else {
      look(epoch, step, trained);
    }
  }

  private void remember(int epoch, long step, List<Tensor> trained) {
    looked = epoch;
    before = trained.stream().map(Tensor::copy).toList();
    stepBefore = step;
  }

  /** Writes down what came out of an epoch. */
  public void add(Epoch epoch) {
    List<Object> row = new ArrayList<>();
    row.add(epoch.number());
    row.add(epoch.steps());
    row.add(epoch.loss());
    row.add(epoch.validation().map(v -> v.loss()).orElse(Double.NaN));
    row.add(epoch.clipped().orElse(Double.NaN));
    scheduled.forEach(option -> row.add(epoch.scheduled().getOrDefault(option, Double.NaN)));
    Map<String, Double> measured = epoch.validation().map(v -> v.metrics()).orElse(Map.of());
    metrics.forEach(metric -> row.add(measured.getOrDefault(metric, Double.NaN)));
    epochs.add(row.toArray());
    epochs.append(folder);
  }

  /** Whether what the network looks like after this epoch is known. */
  public boolean hasLookedAt(int epoch) {
    return looked == epoch;
  }

  /**
   * Writes down what the network looks like.
   *
   * @param epoch after which one; 0 before the first
   * @param step how many steps there were
   */
  public void look(int epoch, long step, List<Tensor> trained) {
    latest = probe.look(trained);
    boolean far = step > stepBefore && !before.isEmpty();
    for (int k = 0; k < latest.parameters().size(); k++) {
      Snapshot.Norms norms = latest.parameters().get(k);
      double moved =
          far ? distance(trained.get(k), before.get(k)) / (step - stepBefore) : Double.NaN;
      parameters.add(epoch, norms.parameter(), norms.weights(), norms.gradient(), moved);
    }
    remember(epoch, step, trained);
    latest.activations().forEach(activation -> add(epoch, activation));
    latest.backflows().forEach(backflow -> add(epoch, backflow));
    growing().forEach(table -> table.append(folder));
  }

  private static double distance(Tensor one, Tensor other) {
    double squares = 0;
    for (int i = 0; i < one.length(); i++) {
      double difference = one.get(i) - other.get(i);
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }

  private void add(int epoch, Snapshot.Activation activation) {
    Distribution d = activation.distribution();
    boolean flat = activation.flat().isPresent();
    values.add(
        epoch,
        activation.value(),
        d.mean(),
        d.quantile(0.05),
        d.quantile(0.25),
        d.quantile(0.5),
        d.quantile(0.75),
        d.quantile(0.95),
        flat ? d.lowShare() : Double.NaN,
        flat ? d.highShare() : Double.NaN,
        flat ? d.stuck() : Double.NaN,
        d.means().length);
    double from = activation.flat().map(f -> f.low()).orElse(d.sorted()[0]);
    double last = d.sorted()[d.sorted().length - 1];
    double to = activation.flat().map(f -> f.high()).filter(Double::isFinite).orElse(last);
    to = to > from ? to : from + 1;
    double[] shares = d.histogram(from, to, STRETCHES);
    for (int k = 0; k < STRETCHES; k++) {
      double width = (to - from) / STRETCHES;
      histograms.add(
          epoch, activation.value(), from + k * width, from + (k + 1) * width, shares[k]);
    }
  }

  private void add(int epoch, Snapshot.Backflow backflow) {
    int steps = backflow.norms().length;
    int rows = Math.min(STEPS, steps);
    for (int k = 0; k < rows; k++) {
      int t = rows == 1 ? 0 : (int) ((long) k * (steps - 1) / (rows - 1));
      backflows.add(epoch, backflow.state(), t + 1, backflow.norms()[t]);
    }
  }

  /** The examples that are looked at; the first of them is the one whose activity is kept. */
  public Part sample() {
    return probe.sample();
  }

  /**
   * Loss and metrics after each epoch, which share of its steps was clipped, and what the
   * optimizer's options that change came to in its last step.
   */
  public Table epochs() {
    return epochs;
  }

  /** The norm of each parameter and of its gradient, and how far it moved a step. */
  public Table parameters() {
    return parameters;
  }

  /** How values are distributed, and how many units are stuck. */
  public Table values() {
    return values;
  }

  /** The shares of values in equally wide stretches. */
  public Table histograms() {
    return histograms;
  }

  /** The norms of the gradients of states by time step. */
  public Table backflows() {
    return backflows;
  }

  /** Each unit of each value as the network was looked at last. */
  public Table units() {
    Table units = new Table("units", "value", "unit", "mean", "low", "high");
    if (latest != null) {
      for (Snapshot.Activation activation : latest.activations()) {
        Distribution d = activation.distribution();
        boolean flat = activation.flat().isPresent();
        for (int u = 0; u < d.means().length; u++) {
          units.add(
              activation.value(),
              u,
              d.means()[u],
              flat ? d.low()[u] : Double.NaN,
              flat ? d.high()[u] : Double.NaN);
        }
      }
    }
    return units;
  }

  /**
   * The values of recurrences by time step, counted from 1, and unit, counted from 0, in the first
   * example of the sample; of long and wide ones the first steps and units.
   */
  public Table activity() {
    Table activity = new Table("activity", "value", "unit", "step", "number");
    if (latest != null) {
      for (Snapshot.Activity values : latest.activities()) {
        for (int u = 0; u < Math.min(ACTIVE_UNITS, values.numbers().length); u++) {
          for (int t = 0; t < Math.min(ACTIVE_STEPS, values.numbers()[u].length); t++) {
            activity.add(values.value(), u, t + 1, values.numbers()[u][t]);
          }
        }
      }
    }
    return activity;
  }

  /** Between which numbers a value lies whose function is flat there. */
  public Optional<Insight.Flat> flat(String value) {
    return latest == null
        ? Optional.empty()
        : latest.activations().stream()
            .filter(a -> a.value().equals(value))
            .findFirst()
            .flatMap(Snapshot.Activation::flat);
  }
}
