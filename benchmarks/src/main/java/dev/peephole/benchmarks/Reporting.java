package dev.peephole.benchmarks;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Linker;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.train.Training;
import dev.peephole.runtime.train.command.Arguments;
import dev.peephole.runtime.train.progress.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the report of a run costs: trains samples, and compares what their logs say. */
final class Reporting {
  private static final String HEAD =
      "| sample | epochs | training | report meanwhile | | once, at both ends |\n"
          + "|---|--:|--:|--:|--:|--:|\n";

  private record Run(String sample, int epochs) {}

  /** Runs of a minute and less, and one of a moment. */
  private static final List<Run> RUNS =
      List.of(
          new Run("spiral", 60),
          new Run("spiral", 2000),
          new Run("reber", 40),
          new Run("adding", 12),
          new Run("chars", 12));

  private final Path samples;

  /**
   * @param samples the folder of the samples
   */
  Reporting(Path samples) {
    this.samples = samples;
  }

  /** A row a sample. */
  String table() throws IOException {
    StringBuilder table = new StringBuilder(HEAD);
    for (Run run : RUNS) {
      System.err.println(run + " …");
      table.append(row(run));
    }
    return table.toString();
  }

  private String row(Run run) throws IOException {
    Path folder = Files.createTempDirectory("report");
    Path model = samples.resolve(run.sample()).resolve(run.sample() + ".nn");
    Compilation compiled = Frontend.compile(model, DataAccess.none());
    Arguments arguments =
        new Arguments(
            "--quiet", "--seed=1", "--out=" + folder.resolve("run"), "--epochs=" + run.epochs());
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Training.run(
        Linker.program(compiled, compiled.networks().get(0), Style.FAST),
        arguments.options("cpu"),
        new Console(nowhere, nowhere, false));
    double trained = 0;
    double reported = 0;
    double once = 0;
    int epochs = 0;
    for (String line : Files.readAllLines(folder.resolve("run/log.jsonl"))) {
      Map<String, Object> event = JSON.std.mapFrom(line);
      trained += number(event, "seconds");
      reported += number(event, "report_seconds");
      once += number(event, "report_once_seconds");
      epochs += event.containsKey("seconds") ? 1 : 0;
    }
    return "| %s | %d | %.1f s | %.2f s | %.1f %% | %.2f s |%n"
        .formatted(run.sample(), epochs, trained, reported, 100 * reported / trained, once);
  }

  private static double number(Map<String, Object> event, String name) {
    return ((Number) event.getOrDefault(name, 0)).doubleValue();
  }
}
