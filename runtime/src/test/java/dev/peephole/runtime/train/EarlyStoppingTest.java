package dev.peephole.runtime.train;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyStoppingTest {

  @Test
  void keepsTheParametersOfTheLeastLoss() {
    float[] w = {1};
    EarlyStopping stopping = new EarlyStopping(2, false, 0, List.of(Tensor.of("w", w, 1)));
    assertThat(stopping.improves(1, 5)).isTrue();
    w[0] = 2;
    assertThat(stopping.improves(2, 4)).isTrue();
    w[0] = 3;
    assertThat(stopping.improves(3, 4)).isFalse();
    assertThat(stopping.stops(3)).isFalse();
    w[0] = 4;
    assertThat(stopping.improves(4, 4.5)).isFalse();
    assertThat(stopping.stops(4)).isTrue();
    stopping.restore();
    assertThat(w).containsExactly(2);
  }

  @Test
  void improvesByTheLeastThatCounts() {
    float[] w = {1};
    EarlyStopping stopping = new EarlyStopping(2, true, 0.01, List.of(Tensor.of("w", w, 1)));
    assertThat(stopping.improves(1, Double.NaN)).isFalse();
    assertThat(stopping.improves(2, 0.5)).isTrue();
    assertThat(stopping.improves(3, 0.505)).isFalse();
    assertThat(stopping.improves(4, 0.52)).isTrue();
    assertThat(stopping.improves(5, 0.4)).isFalse();
    assertThat(stopping.improves(6, 0.53)).isFalse();
    assertThat(stopping.stops(6)).isTrue();
  }

  /** The line fits the training part better and better, and the validation part worse. */
  @Test
  void theBestWeightsComeBack(@TempDir Path folder) throws IOException {
    Bench bench = new Bench(folder);
    bench.write("line.csv", "a,b\n1,10\n1,10\n1,2\n");
    Plan.Builder builder =
        Plan.of("Line")
            .data(new Csv("line.csv"), bind("x", columns("a")), bind("y", columns("b")))
            .splitInOrder(67, 33)
            .epochs(100);
    LinearModel model = new LinearModel(1, 0.02f);

    Program patient = bench.program(builder.stopAfter(3).build(), () -> model);
    Result result = Training.run(patient, bench.into("run"), bench.console());

    int best = result.epochs().getAsInt() - 3;
    assertThat(best).isBetween(1, 10);
    assertThat(bench.log("run")).hasSize(best + 4);
    String bestLine = bench.log("run").get(best - 1);
    assertThat(bestLine)
        .contains("\"validation_loss\":" + result.parts().get("validation").loss())
        .contains("\"loss\":" + result.loss().getAsDouble());
    double p = model.parameters().get(0).get(0) + model.parameters().get(1).get(0);
    assertThat(Math.pow(p - 2, 2)).isCloseTo(result.parts().get("validation").loss(), within(1e-5));
    LinearModel stored = bench.trained("run", new LinearModel(1, 0));
    assertThat(stored.parameters().get(0).get(0)).isEqualTo(model.parameters().get(0).get(0));
  }
}
