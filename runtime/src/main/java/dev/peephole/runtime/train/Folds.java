package dev.peephole.runtime.train;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.AtomicFile;
import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.train.metric.Measurement;
import dev.peephole.runtime.train.output.FoldTable;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.output.RunFolder;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Trains a network for each fold of the data, which is then its test part (Stone, 1974). The run
 * folder holds a run for each, a table over all, and for each example what the network said of it
 * that never saw it.
 */
final class Folds {
  private Folds() {}

  /**
   * Runs all trainings, one after another.
   *
   * @return the means over the folds
   */
  static Result run(Program program, RunOptions options, Console console) {
    Plan plan = program.plan();
    int count = plan.folds().orElseThrow();
    if (options.resume().isPresent()) {
      throw DataException.of(
          "a run over folds cannot be resumed", "begin it anew, in another folder");
    }
    try (RunFolder folder = RunFolder.create(plan.network(), options.out(), begun -> {})) {
      return run(program, count, Path.of(folder.toString()), options, console);
    }
  }

  private static Result run(
      Program program, int count, Path folder, RunOptions options, Console console) {
    List<Measurement> measured = new ArrayList<>();
    TreeMap<Integer, List<String>> answers = new TreeMap<>();
    for (int fold = 0; fold < count; fold++) {
      if (!options.quiet()) {
        console.err().println("fold " + (fold + 1) + " of " + count);
      }
      if (options.json()) {
        console.print(Json.object(Map.of("event", "fold", "fold", fold + 1)));
      }
      Path path = folder.resolve("fold-" + (fold + 1));
      Training training =
          new Training(
              program.with(program.plan().fold(fold)),
              options.into(path),
              console,
              Optional.empty());
      measured.add(training.run(Interruption::bySignal).parts().get(Result.TEST));
      training.answers(answers);
    }
    FoldTable table = new FoldTable(measured);
    AtomicFile.write(folder.resolve("folds.csv"), table.csv());
    StringBuilder predictions = new StringBuilder();
    answers.values().forEach(rows -> rows.forEach(row -> predictions.append(row).append('\n')));
    AtomicFile.write(folder.resolve("predictions.csv"), predictions.toString());
    if (options.json()) {
      console.print(Json.object(table.event(folder.toString())));
    } else {
      table.lines().forEach(console::print);
      console.print("");
      console.print(folder.toString());
    }
    return new Result(
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Map.of(Result.TEST, table.mean()),
        folder.toString());
  }
}
