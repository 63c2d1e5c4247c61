package dev.peephole.runtime.train;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static dev.peephole.runtime.data.example.Selector.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.data.format.Idx;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Softmax regression, written by hand, on data sets that everybody knows. */
class RealDataTest {
  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void findData() {
    String path = System.getenv("NNC_DATA");
    assumeTrue(path != null, "NNC_DATA does not name the folder with iris.csv and mnist/");
    data = Path.of(path);
  }

  @Test
  void learnsIrises() {
    Plan plan =
        Plan.of("Iris")
            .data(
                new Csv("iris.csv", false),
                bind("x", columns(0, 1, 2, 3)),
                bind("kind", columns(4)))
            .split(70, 15, 15)
            .batch(16)
            .epochs(100)
            .seed(7)
            .metric("accuracy")
            .build();
    Result result = train(plan, 4, 3, 0.05f);
    assertThat(result.parts().get("test").metrics().get("accuracy")).isGreaterThan(0.85);
    assertThat(result.loss().getAsDouble()).isLessThan(0.3);
  }

  @Test
  void learnsDigits() {
    Plan plan =
        Plan.of("Digits")
            .data(
                new Idx("mnist/train-images-idx3-ubyte.gz", "mnist/train-labels-idx1-ubyte.gz"),
                bind("x", field("values").map(v -> v / 255)),
                bind("kind", field("labels")))
            .test(new Idx("mnist/t10k-images-idx3-ubyte.gz", "mnist/t10k-labels-idx1-ubyte.gz"))
            .split(10, 90)
            .batch(64)
            .epochs(1)
            .metric("accuracy")
            .build();
    Result result = train(plan, 784, 10, 0.2f);
    assertThat(result.parts().get("test").metrics().get("accuracy")).isGreaterThan(0.85);
  }

  private Result train(Plan plan, int inputs, int classes, float rate) {
    Bench bench = new Bench(folder);
    Program program =
        new Program(
            plan,
            () -> new SoftmaxModel(inputs, classes, rate),
            () -> new SoftmaxModel(inputs, classes, rate),
            data,
            Map.of());
    return Training.run(program, bench.into("run"), bench.console());
  }
}
