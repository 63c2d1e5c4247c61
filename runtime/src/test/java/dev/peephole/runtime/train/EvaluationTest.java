package dev.peephole.runtime.train;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.train.command.Arguments;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void setUp() throws IOException {
    bench = new Bench(folder);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      String kind = i % 3 == 0 ? "oak" : i % 3 == 1 ? "ash" : "elm";
      rows.append(i % 3 - 1 + i * 0.01).append(',').append(i % 3 * 5).append(',').append(kind);
      rows.append('\n');
    }
    bench.write("trees.csv", rows.toString());
  }

  @Test
  void findsTheTestPartOfTheRunAgain() {
    Program program = bench.program(trees().split(60, 20, 20).build(), EvaluationTest::model);
    RunOptions otherSeed = bench.into("run", "--seed=77");
    Result trained = Training.run(program, otherSeed, bench.console());
    Result evaluated = evaluate(program, bench.console());
    assertThat(evaluated.parts().keySet()).containsExactly("test");
    assertThat(evaluated.parts().get("test")).isEqualTo(trained.parts().get("test"));
    assertThat(evaluated.parts().get("test").metrics().get("accuracy")).isGreaterThan(0.8);
  }

  @Test
  void appliesLabelsAndScalesOfTheRunToATestFile() throws IOException {
    bench.write("test.csv", "1.2,10,elm\n-0.9,0,oak\n");
    Plan plan = trees().test(new Csv("test.csv", false)).split(90, 10).build();
    Program program = bench.program(plan, EvaluationTest::model);
    Result trained = Training.run(program, bench.into("run"), bench.console());
    Files.delete(bench.path("trees.csv"));
    Result evaluated = evaluate(program, bench.console());
    assertThat(evaluated.parts().get("test")).isEqualTo(trained.parts().get("test"));
    assertThat(evaluated.parts().get("test").metrics()).containsEntry("accuracy", 1.0);
  }

  @Test
  void printsAnEventOnDemand() {
    Plan plan = trees().splitInOrder(90, 10).epochs(1).build();
    Program program = bench.program(plan, EvaluationTest::model);
    Training.run(program, bench.into("run"), bench.console());
    Bench fresh = new Bench(folder);
    RunOptions json = new Arguments("--json").options("cpu");
    Path weights = bench.path("run/weights.safetensors");
    Result result = Evaluation.run(program, weights, json, fresh.console());
    double loss = result.parts().get("validation").loss();
    double accuracy = result.parts().get("validation").metrics().get("accuracy");
    assertThat(fresh.out())
        .isEqualTo(
            "{\"event\":\"result\",\"validation_loss\":%s,\"accuracy\":%s}\n"
                .formatted(loss, accuracy));
  }

  @Test
  void refusesWeightsOfAnotherNetwork() {
    Program program = bench.program(trees().epochs(1).build(), EvaluationTest::model);
    Training.run(program, bench.into("run"), bench.console());
    Program other = bench.program(trees().build(), () -> new SoftmaxModel(2, 4, 1));
    assertThatThrownBy(() -> evaluate(other, bench.console()))
        .isInstanceOf(DataException.class)
        .hasMessage("w is [2, 3] in the file and [2, 4] in the network");
  }

  private Result evaluate(Program program, Console console) {
    Path weights = bench.path("run/weights.safetensors");
    return Evaluation.run(program, weights, RunOptions.defaults(), console);
  }

  private static SoftmaxModel model() {
    return new SoftmaxModel(2, 3, 0.5f);
  }

  private static Plan.Builder trees() {
    return Plan.of("Kinds")
        .data(new Csv("trees.csv", false), bind("x", columns(0, 1)), bind("kind", columns(2)))
        .standardize("x")
        .batch(4)
        .epochs(60)
        .metric("accuracy");
  }
}
