package dev.peephole.runtime.train;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.file.Safetensors;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.output.Weights;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldsTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void setUp() throws IOException {
    bench = new Bench(folder);
    StringBuilder rows = new StringBuilder("a,b,kind,part\n");
    for (int i = 0; i < 12; i++) {
      String part = i < 4 ? "training" : i < 8 ? "test" : "validation";
      rows.append("%s,%s,%s,%s%n".formatted(i * i, i % 3, i % 2 == 0 ? "ash" : "oak", part));
    }
    bench.write("trees.csv", rows.toString());
  }

  private static Plan.Builder trees() {
    return Plan.of("Kinds")
        .data(new Csv("trees.csv"), bind("x", columns("a", "b")), bind("kind", columns("kind")))
        .standardize("x")
        .batch(4)
        .epochs(2)
        .metric("accuracy");
  }

  private Program program(Plan plan) {
    return bench.program(plan, () -> new SoftmaxModel(2, 2, 0.5f));
  }

  @Test
  void eachFoldIsTestedByANetworkThatNeverSawIt() throws IOException {
    Plan plan = trees().folds(3).inOrder().build();
    Result result = Training.run(program(plan), bench.into("run"), bench.console());

    // what is fitted is fitted to the two other thirds: 0² … 11² without those of the fold
    double[][] rest = {
      {16, 25, 36, 49, 64, 81, 100, 121},
      {0, 1, 4, 9, 64, 81, 100, 121},
      {0, 1, 4, 9, 16, 25, 36, 49}
    };
    double sum = 0;
    for (int f = 0; f < 3; f++) {
      Path run = bench.path("run/fold-" + (f + 1));
      Weights weights = Weights.of(Safetensors.read(run.resolve("weights.safetensors")));
      double mean = Arrays.stream(rest[f]).average().orElseThrow();
      assertThat(weights.scalings().get("x").line(0).shift()).isCloseTo(mean, within(1e-9));
      String log = Files.readString(run.resolve("log.jsonl"));
      sum += Double.parseDouble(log.replaceAll("(?s).*\"test_loss\":([^,]*),.*", "$1"));
    }
    assertThat(result.parts().get("test").loss()).isCloseTo(sum / 3, within(1e-12));
    assertThat(Files.readAllLines(bench.path("run/folds.csv")))
        .hasSize(6)
        .first()
        .isEqualTo("fold,loss,accuracy");
    List<String> predictions = Files.readAllLines(bench.path("run/predictions.csv"));
    assertThat(predictions).hasSize(13);
    assertThat(predictions.get(0)).startsWith("example,").endsWith(",kind");
    assertThat(predictions.get(12)).startsWith("12,");
    assertThat(bench.out()).contains("fold 3", "mean", "deviation");
  }

  @Test
  void aColumnNamesThePartsAndScalesAreThoseOfTheTrainingPart() {
    Plan plan = trees().partsBy("part").build();
    Result result = Training.run(program(plan), bench.into("run"), bench.console());
    assertThat(result.parts().keySet()).containsExactly("validation", "test");
    Path file = bench.path("run/weights.safetensors");
    assertThat(Weights.of(Safetensors.read(file)).scalings().get("x").line(0).shift())
        .isCloseTo((0 + 1 + 4 + 9) / 4.0, within(1e-9));
  }

  @Test
  void refusesWhatFoldsCannotDo() throws IOException {
    bench.write("odd.csv", "a,b,kind,part\n1,2,ash,train\n");
    Plan parts =
        Plan.of("Kinds")
            .data(new Csv("odd.csv"), bind("x", columns("a", "b")), bind("kind", columns("kind")))
            .partsBy("part")
            .build();
    assertThatThrownBy(() -> Training.run(program(parts), bench.into("odd"), bench.console()))
        .isInstanceOf(DataException.class)
        .hasMessage("there is no part \"train\"");
    Program folds = program(trees().folds(3).build());
    assertThatThrownBy(() -> Training.run(folds, bench.resume("run"), bench.console()))
        .isInstanceOf(DataException.class)
        .hasMessage("a run over folds cannot be resumed");
    Training.run(folds, bench.into("run"), bench.console());
    Path weights = bench.path("run/fold-1/weights.safetensors");
    assertThatThrownBy(() -> Evaluation.run(folds, weights, RunOptions.defaults(), bench.console()))
        .isInstanceOf(DataException.class)
        .hasMessage("each fold of the data is unseen by one network alone");
    assertThatThrownBy(() -> trees().folds(3).split(60, 20, 20).build())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
