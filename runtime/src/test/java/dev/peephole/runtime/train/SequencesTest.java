package dev.peephole.runtime.train;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.metric.Asked;
import dev.peephole.runtime.train.metric.Metric;
import dev.peephole.runtime.train.metric.Metrics;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences of different lengths on their way through training, measuring and predicting. */
class SequencesTest {
  /** Running sums of two series of three and one steps, and of a third of two, doubled. */
  private static final String TABLE =
      """
      run,x,y,total
      a,1,2,12
      b,5,10,10
      a,2,6,12
      a,3,12,12
      c,-1,-2,-6
      c,-2,-6,-6
      """;

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void setUp() throws IOException {
    bench = new Bench(folder);
    bench.write("sums.csv", TABLE);
  }

  private static Plan plan(int batch, int epochs) {
    return Plan.of("Sums")
        .data(
            new Csv("sums.csv", true, "run"),
            bind("x", columns("x")),
            bind("y", columns("y")),
            bind("total", columns("total")))
        .batch(batch)
        .epochs(epochs)
        .build();
  }

  @Test
  void rowsLieAtTheDistanceOfTheLongestOfTheBatch() {
    Tensor open = Tensor.of("x", new float[0], Tensor.OPEN, 2);
    Tensor one = Tensor.labels("kind", 3, new int[0]);
    float[] steps = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Examples examples =
        new Examples(
            3,
            List.of(open, one),
            List.of(steps, new int[] {2, 0, 1}),
            new int[] {0, 1, 4, 6},
            new BitSet());
    int[] lengths = new int[3];
    float[] x = new float[3 * 3 * 2];
    int[] kind = new int[3];
    Model model =
        new Delegate(new LinearModel(1, 0)) {
          @Override
          public int[] lengths() {
            return lengths;
          }
        };
    List<Tensor> buffers =
        List.of(Tensor.of("x", x, Tensor.OPEN, 2), Tensor.labels("kind", 3, kind));
    Feed feed = new Feed(examples, model, buffers);

    feed.fill(inPairs(examples, 2, 1, 0), 0);
    assertThat(lengths).containsExactly(2, 3, 0);
    assertThat(x).startsWith(9, 10, 11, 12).containsSequence(3, 4, 5, 6, 7, 8);
    assertThat(x[6]).isEqualTo(3);
    assertThat(kind).startsWith(1, 0);

    feed.fill(inPairs(examples, 0, 2), 0);
    assertThat(lengths).startsWith(1, 2);
    assertThat(x).startsWith(1, 2);
    assertThat(x[4]).isEqualTo(9);
    assertThat(x[7]).isEqualTo(12);
    assertThat(kind).startsWith(2, 1);
  }

  private static Batches inPairs(Examples examples, int... rows) {
    return Batches.training(new Part(examples, rows), plan(2, 1));
  }

  /** Whatever the batch, the mean over the examples is that of one example at a time. */
  @Test
  void measuresEveryExampleByItsOwnSteps() {
    double expected = ((4 + 36 + 144) / 3.0 + 100 + (4 + 36) / 2.0) / 3;
    for (int batch : new int[] {1, 2, 3}) {
      Plan plan = plan(batch, 1);
      Result result = train(plan, () -> new RunningSumModel(0), "batch" + batch);
      assertThat(result.parts().get("training").loss()).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void learnsAndResumesToTheSameBits() throws IOException {
    train(plan(2, 200), () -> new RunningSumModel(0.02f), "whole");
    RunningSumModel whole = bench.trained("whole", new RunningSumModel(0));
    assertThat(whole.parameters().get(0).get(0)).isCloseTo(2, within(1e-3));

    Training.run(
        bench.program(plan(2, 200), () -> new RunningSumModel(0.02f)),
        bench.into("half", "--epochs=90"),
        bench.console());
    Training.run(
        bench.program(plan(2, 200), () -> new RunningSumModel(0.02f)),
        bench.resume("half", "--epochs=200"),
        bench.console());
    assertThat(Files.readAllBytes(bench.path("half").resolve("weights.safetensors")))
        .isEqualTo(Files.readAllBytes(bench.path("whole").resolve("weights.safetensors")));
  }

  @Test
  void predictionsAreARowForEachStepWithTheNameOfTheSeries() throws IOException {
    train(plan(3, 200), () -> new RunningSumModel(0.02f), "run");
    bench.write("in.csv", "run,x\nlong,1\nshort,10\nlong,1\nlong,1\n");
    for (String batch : List.of("--batch=1", "--batch=2")) {
      Path out = bench.path("out.csv");
      Prediction.run(
          bench.program(plan(3, 200), () -> new RunningSumModel(0)),
          bench.path("run").resolve("weights.safetensors"),
          bench.path("in.csv"),
          Optional.of(out),
          bench.into("unused", batch),
          bench.console());
      List<String> lines = Files.readAllLines(out);
      assertThat(lines.get(0)).isEqualTo("run,p,last");
      List<String> rounded =
          lines.subList(1, 5).stream()
              .map(line -> line.split(","))
              .map(
                  cells ->
                      cells[0]
                          + " "
                          + Math.round(Double.parseDouble(cells[1]))
                          + " "
                          + Math.round(Double.parseDouble(cells[2])))
              .toList();
      assertThat(rounded).containsExactly("long 2 6", "long 4 6", "long 6 6", "short 20 20");
      assertThat(lines).hasSize(5);
    }
  }

  /**
   * Three sequences of two, three and one steps; what lies behind their ends is wrong on purpose.
   */
  @Test
  void accuraciesLeaveThePaddingOut() {
    Tensor p = Tensor.of("p", new float[] {1, 1, 0, 0, 1, 1, 0, 1, 1}, Tensor.OPEN);
    Tensor y = Tensor.of("y", new float[] {1, 1, 9, 0, 1, 0, 0, 9, 9}, Tensor.OPEN);
    Model model =
        new Delegate(new LinearModel(1, 0)) {
          @Override
          public int[] lengths() {
            return new int[] {2, 3, 1};
          }

          @Override
          public List<Tensor> outputs() {
            return List.of(p);
          }

          @Override
          public List<Tensor> targets() {
            return List.of(y);
          }
        };
    List<Metric> metrics = measured(model, "accuracy", "sequence_accuracy");
    assertThat(metrics)
        .flatExtracting(Metric::names)
        .containsExactly("accuracy", "sequence_accuracy");
    metrics.forEach(metric -> metric.add(3));
    assertThat(metrics.get(0).values()).containsExactly(5 / 6.0);
    assertThat(metrics.get(1).values()).containsExactly(2 / 3.0);
  }

  @Test
  void aSequenceAccuracyNeedsSeveralAnswers() {
    Model model = new LinearModel(1, 0);
    model.reserve(1);
    assertThatThrownBy(() -> measured(model, "sequence_accuracy"))
        .isInstanceOf(DataException.class)
        .hasMessage("sequence_accuracy cannot be measured: no output of Line answers a sequence");
  }

  private static List<Metric> measured(Model model, String... names) {
    List<Asked> asked = Arrays.stream(names).map(Asked::of).toList();
    return Metrics.of(asked, model, Map.of(), Map.of());
  }

  private Result train(Plan plan, Supplier<Model> model, String run) {
    return Training.run(bench.program(plan, model), bench.into(run), bench.console());
  }
}
