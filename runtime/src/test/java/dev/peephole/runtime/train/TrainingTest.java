package dev.peephole.runtime.train;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private static final String[] ALL_OF_A = {"0", "1", "2", "3", "-1"};

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void setUp() throws IOException {
    bench = new Bench(folder);
    bench.write("line.csv", "a,b\n0,1\n1,3\n2,5\n3,7\n-1,-1\n");
  }

  /** y = 2a + 1 in batches of 2, 2 and 1; momentum 1/2, written out here once more in double. */
  @Test
  void followsTheFormulaOfGradientDescent() {
    Plan plan = line().batch(2).epochs(3).shuffle(false).splitInOrder(100).build();
    Result result = Training.run(program(plan, 0.05f), bench.into("run"), bench.console());

    double[] a = {0, 1, 2, 3, -1};
    double[] y = {1, 3, 5, 7, -1};
    double w = 0;
    double b = 0;
    double wv = 0;
    double bv = 0;
    double epochLoss = 0;
    for (int epoch = 1; epoch <= 3; epoch++) {
      epochLoss = 0;
      for (int[] batch : new int[][] {{0, 1}, {2, 3}, {4}}) {
        double dw = 0;
        double db = 0;
        for (int i : batch) {
          double error = a[i] * w + b - y[i];
          epochLoss += error * error / 5;
          dw += 2 * error * a[i] / batch.length;
          db += 2 * error / batch.length;
        }
        wv = 0.5 * wv + dw;
        bv = 0.5 * bv + db;
        w -= 0.05 * wv;
        b -= 0.05 * bv;
      }
    }
    LinearModel trained = bench.trained("run", new LinearModel(1, 0));
    assertThat(trained.parameters().get(0).get(0)).isCloseTo(w, within(1e-5));
    assertThat(trained.parameters().get(1).get(0)).isCloseTo(b, within(1e-5));
    assertThat(result.loss().getAsDouble()).isCloseTo(epochLoss, within(1e-5));
    assertThat(result.epochs()).hasValue(3);
  }

  @Test
  void findsTheLineWhenShuffled() {
    Plan plan = line().batch(2).epochs(200).seed(3).build();
    Training.run(program(plan, 0.05f), bench.into("run"), bench.console());
    LinearModel trained = bench.trained("run", new LinearModel(1, 0));
    assertThat(trained.parameters().get(0).get(0)).isCloseTo(2, within(1e-3));
    assertThat(trained.parameters().get(1).get(0)).isCloseTo(1, within(1e-3));
  }

  @Test
  void measuresEachPartOnItsOwnExamples() {
    Plan plan = line().epochs(1).splitInOrder(60, 20, 20).build();
    Result result = Training.run(program(plan, 0), bench.into("run"), bench.console());
    // p is 0 throughout, so each loss is the mean of y² over its part.
    assertThat(result.loss().getAsDouble()).isCloseTo((1 + 9 + 25) / 3.0, within(1e-5));
    assertThat(result.parts().get("validation").loss()).isEqualTo(49);
    assertThat(result.parts().get("test").loss()).isEqualTo(1);
  }

  @Test
  void takesTheTestPartFromElsewhere() throws IOException {
    bench.write("test.csv", "a,b\n9,2\n9,4\n");
    Plan plan = line().test(new Csv("test.csv")).epochs(1).splitInOrder(80, 20).build();
    Result result = Training.run(program(plan, 0), bench.into("run"), bench.console());
    assertThat(result.parts().get("validation").loss()).isEqualTo(1);
    assertThat(result.parts().get("test").loss()).isEqualTo(10);
  }

  @Test
  void fitsScalesToTheTrainingPartAlone() throws IOException {
    Plan plan = line().standardize("x", "y").epochs(1).splitInOrder(60, 20, 20).build();
    Training.run(program(plan, 0.1f), bench.into("one"), bench.console());
    bench.write("line.csv", "a,b\n0,1\n1,3\n2,5\n1000,-70\n555,12\n");
    Training.run(program(plan, 0.1f), bench.into("two"), bench.console());
    assertThat(bench.path("two/weights.safetensors"))
        .hasSameBinaryContentAs(bench.path("one/weights.safetensors"));
  }

  @Test
  void clipsGradients() {
    Plan plan = line().clipNorm(0.5).epochs(1).splitInOrder(100).build();
    Training.run(program(plan, 1), bench.into("run"), bench.console());
    LinearModel trained = bench.trained("run", new LinearModel(1, 0));
    // From zero, one step along -(dw, db) = (14, 6), the mean of 2y·(a, 1), cut to length 1/2.
    double length = Math.hypot(14, 6);
    assertThat(trained.parameters().get(0).get(0)).isCloseTo(0.5 * 14 / length, within(1e-6));
    assertThat(trained.parameters().get(1).get(0)).isCloseTo(0.5 * 6 / length, within(1e-6));
  }

  @Test
  void leavesTheProgramAndAnEventAnEpoch() throws IOException {
    Plan plan = line().epochs(2).splitInOrder(80, 20).build();
    Training.run(program(plan, 0), bench.into("run"), bench.console());
    assertThat(bench.path("run/line.nn")).hasContent("network Line {}\n");
    assertThat(bench.path("run/java/Line.java")).exists();
    String zeros = ",\"seconds\":0,\"examples_per_second\":0}";
    assertThat(bench.log("run"))
        .containsExactly(
            "{\"event\":\"epoch\",\"epoch\":1,\"loss\":21.0,\"validation_loss\":1.0" + zeros,
            "{\"event\":\"epoch\",\"epoch\":2,\"loss\":21.0,\"validation_loss\":1.0" + zeros,
            "{\"event\":\"result\",\"epochs\":2,\"loss\":21.0,\"validation_loss\":1.0,\"run\":\"\""
                + ",\"report_seconds\":0,\"report_once_seconds\":0}");
    try (var files = Files.walk(bench.path("run"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .doesNotContain("weights.safetensors.part", "checkpoint.safetensors.part");
    }
  }

  @Test
  void doesNotOverwriteARun() {
    Plan plan = line().epochs(1).build();
    Training.run(program(plan, 0), bench.into("run"), bench.console());
    assertThatThrownBy(() -> Training.run(program(plan, 0), bench.into("run"), bench.console()))
        .isInstanceOf(DataException.class)
        .hasMessage("holds a run already");
  }

  @Test
  void wrongDataLeaveNoRunFolder() throws IOException {
    bench.write("line.csv", "a,b\n0,1\n1,x\n");
    Plan plan = line().epochs(1).build();
    assertThatThrownBy(() -> Training.run(program(plan, 0), bench.into("run"), bench.console()))
        .isInstanceOf(DataException.class);
    assertThat(bench.path("run")).doesNotExist();
  }

  @Test
  void doesNotReserveMoreThanThereAreExamples() {
    Plan plan = line().batch(Integer.MAX_VALUE).epochs(1).build();
    Training.run(program(plan, 0), bench.into("run"), bench.console());
    assertThat(bench.path("run/weights.safetensors")).exists();
  }

  @Test
  void sameSeedSameBits() {
    for (String run : List.of("one", "two")) {
      Plan plan = line().batch(2).epochs(5).seed(11).split(80, 20).build();
      Training.run(program(plan, 0.05f), bench.into(run), bench.console());
    }
    Plan other = line().batch(2).epochs(5).seed(12).split(80, 20).build();
    Training.run(program(other, 0.05f), bench.into("other"), bench.console());
    assertThat(bench.path("two/weights.safetensors"))
        .hasSameBinaryContentAs(bench.path("one/weights.safetensors"));
    assertThat(bench.path("other/weights.safetensors").toFile().length())
        .isEqualTo(bench.path("one/weights.safetensors").toFile().length());
    assertThat(bench.path("other/weights.safetensors"))
        .satisfies(
            o ->
                assertThat(Files.mismatch(o, bench.path("one/weights.safetensors")))
                    .isNotEqualTo(-1));
  }

  @Test
  void eachEpochSeesEveryExampleOnceInAnOrderOfItsOwn() {
    List<String> epochs = orders(line().batch(2).epochs(4).seed(3).build());
    assertThat(epochs).hasSize(4).doesNotHaveDuplicates();
    assertThat(epochs)
        .allSatisfy(
            order -> assertThat(order.trim().split(" ")).containsExactlyInAnyOrder(ALL_OF_A));
    assertThat(orders(line().batch(2).epochs(4).splitInOrder(100).shuffle(false).build()))
        .containsOnly(String.join(" ", ALL_OF_A) + " ");
  }

  /** What the column a was in the examples of each epoch, one after another. */
  private List<String> orders(Plan plan) {
    StringBuilder seen = new StringBuilder();
    Model model =
        new Delegate(new LinearModel(1, 0)) {
          private int count;

          @Override
          public void backward(int n) {
            for (int i = 0; i < n; i++) {
              seen.append((int) inputs().get(0).get(i)).append(++count % 5 == 0 ? " ;" : " ");
            }
          }
        };
    Program program = bench.program(plan, () -> model, () -> new LinearModel(1, 0));
    Training.run(program, bench.into("run" + plan.shuffle()), bench.console());
    return List.of(seen.toString().split(";"));
  }

  private static Plan.Builder line() {
    return Plan.of("Line")
        .modelFile("line.nn")
        .data(new Csv("line.csv"), bind("x", columns("a")), bind("y", columns("b")));
  }

  private Program program(Plan plan, float rate) {
    return bench.program(plan, () -> new LinearModel(1, rate));
  }
}
