package dev.peephole.runtime.train;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.Safetensors;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.output.RunFolder;
import dev.peephole.runtime.train.output.Weights;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A file from which a run goes on to the same numbers as if it had never stopped: what the command
 * line said, what the data were, and the state of the session.
 */
final class Checkpoint {
  private static final String BATCH = "batch";
  private static final String EPOCHS = "epochs";
  private static final String THREADS = "threads";
  private static final String EXAMPLES = "examples";
  private static final String OPTIMIZER = "optimizer";
  private static final String PLANNED = "planned_epochs";

  private final Safetensors file;
  private final Weights about;

  private Checkpoint(Safetensors file) {
    this.file = file;
    this.about = Weights.of(file);
  }

  /** Reads the checkpoint of a run. */
  static Checkpoint read(RunFolder folder) {
    Safetensors file = Safetensors.read(folder.checkpoint());
    file.require(Weights.CHECKSUM);
    return new Checkpoint(file);
  }

  /** Writes the checkpoint of a run, in one piece. */
  static void write(
      RunFolder folder,
      RunOptions options,
      Plan plan,
      Weights about,
      TrainingData data,
      Session session) {
    Safetensors file = Safetensors.empty();
    about.describe(file);
    file.put(OPTIMIZER, plan.optimizer());
    file.put(PLANNED, Integer.toString(plan.epochs()));
    file.put(EXAMPLES, data.sizes());
    options.batch().ifPresent(batch -> file.put(BATCH, Integer.toString(batch)));
    options.epochs().ifPresent(epochs -> file.put(EPOCHS, Integer.toString(epochs)));
    options.threads().ifPresent(threads -> file.put(THREADS, Integer.toString(threads)));
    session.save(file);
    Weights.seal(file);
    file.write(folder.checkpoint());
  }

  /**
   * What the command line says now, and where it is silent, what it said when the run began.
   *
   * @throws DataException if it asks for another seed
   */
  RunOptions settle(RunOptions options) {
    if (options.seed().isPresent() && options.seed().getAsLong() != about.seed()) {
      throw file.problem(
          "was made with seed " + about.seed() + ", not " + options.seed().getAsLong(),
          "a run goes on with its seed; leave --seed away");
    }
    return options.or(number(BATCH), number(EPOCHS), number(THREADS), about.seed());
  }

  /**
   * How the plan differs from that of the run so far, where it may.
   *
   * @param scheduled whether anything depends on how far the run is
   */
  List<String> changes(Plan now, boolean scheduled) {
    List<String> changes = new ArrayList<>();
    file.text(OPTIMIZER)
        .filter(before -> !before.equals(now.optimizer()))
        .ifPresent(
            before ->
                changes.add(
                    "the optimizer was %s, and is %s from here on"
                        .formatted(before, now.optimizer())));
    number(PLANNED).stream()
        .filter(before -> scheduled && before != now.epochs())
        .forEach(
            before ->
                changes.add(
                    "the run was to have %s epochs, and now has %s; what depends on its progress changes with that"
                        .formatted(before, now.epochs())));
    return changes;
  }

  /** How many steps the run has had. */
  long steps() {
    try {
      return Long.parseLong(file.require("step"));
    } catch (NumberFormatException e) {
      throw file.problem("is no checkpoint: " + e.getMessage(), "");
    }
  }

  private OptionalInt number(String name) {
    try {
      return file.text(name).stream().mapToInt(Integer::parseInt).findFirst();
    } catch (NumberFormatException e) {
      throw file.problem("is no checkpoint: " + e.getMessage(), "");
    }
  }

  /**
   * Brings a session to where the run was left.
   *
   * @throws DataException if the network or the data are not those of the run
   */
  void restore(Session session, Weights now, TrainingData data) {
    check(now, data);
    session.load(file);
  }

  /**
   * Compares network and data with those of the run.
   *
   * @throws DataException if they are not the same
   */
  void check(Weights now, TrainingData data) {
    if (!file.require(EXAMPLES).equals(data.sizes())) {
      throw changed("they were " + file.require(EXAMPLES) + " examples, and are " + data.sizes());
    }
    if (!about.equals(now)) {
      throw changed("their labels or their scales are not the same");
    }
  }

  /** Tells a session that goes through the run once more what was measured in it. */
  void remind(Session session) {
    session.remember(file);
  }

  private DataException changed(String how) {
    return file.problem(
        "was made with other data: " + how, "begin a run of its own, without --resume");
  }
}
