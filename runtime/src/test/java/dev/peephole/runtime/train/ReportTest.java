package dev.peephole.runtime.train;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.divergence.Diagnosis;
import dev.peephole.runtime.train.output.Weights;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves in its report, beside numbers that are computed otherwise. */
class ReportTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void setUp() throws IOException {
    bench = new Bench(folder);
    StringBuilder rows = new StringBuilder("a,b\n");
    for (int i = 0; i < 12; i++) {
      rows.append(i % 5).append(',').append(2 * (i % 5) + i % 3 * 0.1).append('\n');
    }
    bench.write("line.csv", rows.toString());
  }

  private static Plan.Builder line() {
    return Plan.of("Line")
        .modelFile("line.nn")
        .data(new Csv("line.csv"), bind("x", columns("a")), bind("y", columns("b")))
        .batch(4)
        .epochs(6)
        .splitInOrder(75, 25)
        .clipNorm(3);
  }

  private Program program(Plan plan) {
    return bench.program(plan, () -> new LinearModel(1, 0.02f));
  }

  private List<String> table(String run, String table) throws IOException {
    return Files.readAllLines(bench.path(run).resolve("report/" + table + ".csv"));
  }

  private static double cell(String row, int column) {
    return Double.parseDouble(row.split(",", -1)[column]);
  }

  @Test
  void changesNothingOfWhatIsTrained() {
    Plan plan = line().build();
    Training.run(program(plan), bench.into("run"), bench.console());

    LinearModel alone = new LinearModel(1, 0.02f);
    alone.reserve(12);
    Program program = bench.program(plan, () -> alone);
    TrainingData data = TrainingData.load(plan, DataFolder.of(folder), alone);
    alone.reserve(4, 1);
    alone.initialize(plan.seed());
    Weights about = new Weights("Line", 0, data.scalings(), data.labelNames());
    Diagnosis diagnosis = new Diagnosis(alone, program);
    Measuring measuring = new Measuring(alone, plan, about, diagnosis);
    Session session = new Session(plan, alone, List.of(), data, measuring, diagnosis);
    while (!session.finished()) {
      session.next(Progress.NONE, Session.Pause.NONE, () -> null);
    }
    Model reported = bench.trained("run", new LinearModel(1, 0));
    for (int k = 0; k < 2; k++) {
      assertThat(reported.parameters().get(k).get(0)).isEqualTo(alone.parameters().get(k).get(0));
    }
  }

  /** Weights from the file, the gradient from the formula: dw = 2 mean((p − y) x). */
  @Test
  void recordsTheNormsOfParametersAndGradients() throws IOException {
    Training.run(program(line().build()), bench.into("run"), bench.console());
    Model trained = bench.trained("run", new LinearModel(1, 0));
    double w = trained.parameters().get(0).get(0);
    double b = trained.parameters().get(1).get(0);
    double dw = 0;
    double db = 0;
    for (int i = 0; i < 9; i++) { // the training part
      double error = i % 5 * w + b - (2 * (i % 5) + i % 3 * 0.1);
      dw += 2 * error * (i % 5) / 9;
      db += 2 * error / 9;
    }
    List<String> rows = table("run", "parameters");
    assertThat(rows.get(0)).isEqualTo("epoch,parameter,weights,gradient,moved");
    assertThat(rows).hasSize(1 + 2 * 7); // before training, and after each epoch
    String last = rows.get(rows.size() - 2);
    assertThat(last).startsWith("6,line.w,");
    assertThat(cell(last, 2)).isEqualTo(Math.abs(w), within(1e-7));
    assertThat(cell(last, 3)).isEqualTo(Math.abs(dw), within(1e-5));
    assertThat(cell(rows.get(rows.size() - 1), 3)).isEqualTo(Math.abs(db), within(1e-5));
  }

  @Test
  void recordsLossesAsTheLogDoesAndHowOftenGradientsWereClipped() throws IOException {
    Training.run(program(line().build()), bench.into("run"), bench.console());
    List<String> rows = table("run", "epochs");
    assertThat(rows.get(0)).isEqualTo("epoch,step,loss,validation_loss,clipped");
    assertThat(rows).hasSize(7);
    for (int epoch = 1; epoch <= 6; epoch++) {
      String logged = bench.log("run").get(epoch - 1);
      String[] row = rows.get(epoch).split(",");
      assertThat(logged).contains("\"loss\":" + row[2] + ",\"validation_loss\":" + row[3] + ",");
      assertThat(row[1]).isEqualTo(Integer.toString(3 * epoch)); // 9 examples in batches of 4
    }
    assertThat(cell(rows.get(1), 4)).isEqualTo(1); // gradients of some 20 are limited to 3
  }

  @Test
  void keepsPredictionsBesideTargets() throws IOException {
    Training.run(program(line().build()), bench.into("run"), bench.console());
    Model trained = bench.trained("run", new LinearModel(1, 0));
    double w = trained.parameters().get(0).get(0);
    double b = trained.parameters().get(1).get(0);
    List<String> rows = table("run", "predictions");
    assertThat(rows).hasSize(1 + 3); // the validation part
    for (int k = 0; k < 3; k++) {
      int i = 9 + k;
      assertThat(rows.get(1 + k)).startsWith("b," + (i + 1) + ",1,");
      assertThat(cell(rows.get(1 + k), 3)).isEqualTo(2 * (i % 5) + i % 3 * 0.1, within(1e-6));
      assertThat(cell(rows.get(1 + k), 4)).isEqualTo(i % 5 * w + b, within(1e-5));
    }
  }

  @Test
  void goesOnWithWhatWasRecordedBefore() throws IOException {
    Training.run(program(line().build()), bench.into("whole"), bench.console());
    Training.run(program(line().build()), bench.into("run", "--epochs=3"), bench.console());
    for (String table : List.of("epochs", "parameters", "values")) {
      Path file = bench.path("run").resolve("report/" + table + ".csv");
      Files.writeString(file, Files.readString(file) + "4,half a row");
    }
    Training.run(program(line().build()), bench.resume("run", "--epochs=6"), bench.console());
    for (String table : List.of("epochs", "parameters", "values", "histograms")) {
      assertThat(table("run", table)).as(table).isEqualTo(table("whole", table));
    }
    assertThat(Files.readString(bench.path("run/report.html")))
        .isEqualTo(Files.readString(bench.path("whole/report.html")));
  }

  @Test
  void needsNothingButItself() throws IOException {
    Training.run(program(line().build()), bench.into("run"), bench.console());
    String page = Files.readString(bench.path("run/report.html"));
    assertThat(page)
        .contains("Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-")
        .doesNotContain("http:", "https:", "<script", "style=\"");
    try (Stream<Path> files = Files.list(bench.path("run/report"))) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  void aRunThatFailsHasAReportToo() throws IOException {
    Program program = bench.program(line().clipNorm(1e30).build(), () -> new LinearModel(1, 1e6f));
    assertThat(catchThrowable(() -> Training.run(program, bench.into("run"), bench.console())))
        .isNotNull();
    assertThat(Files.readString(bench.path("run/report.html"))).contains("It failed: the loss is");
  }

  /** Ten thousand epochs make a page like that of a hundred. */
  @Test
  void staysSmall() throws IOException {
    Training.run(program(line().epochs(2_000).build()), bench.into("run"), bench.console());
    assertThat(Files.size(bench.path("run/report.html"))).isLessThan(300_000);
    assertThat(table("run", "epochs")).hasSize(2_001);
    assertThat(table("run", "parameters")).hasSizeLessThan(2 * 53);
  }
}
