package dev.peephole.runtime.train;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.file.Safetensors;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.train.divergence.DivergenceException;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DivergenceTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void setUp() throws IOException {
    bench = new Bench(folder);
  }

  @Test
  void namesTheFirstEquationThatOverflows() throws IOException {
    // The square of 2e19 is beyond the largest float; the prediction itself is finite.
    bench.write("line.csv", "a,b\n1,1\n1,1\n1,2e19\n");
    DivergenceException e = diverges(plan().batch(2).build(), () -> new LinearModel(1, 0));
    assertThat(e.report())
        .isEqualTo(
            "line.nn:6: the loss is Infinity in epoch 1, at step 2 of the epoch and 2 of the run\n"
                + "  the first value that is not finite: squared = (p - y) ^ 2\n"
                + "  "
                + bench.path("run")
                + " holds no weights, because no epoch came to its end\n"
                + "  hint: a smaller rate of the optimizer keeps steps small");
    assertThat(e.origin()).contains("line.nn:6");
  }

  @Test
  void looksIntoTheTextbookCodeBecauseFastCodeKeepsLess() throws IOException {
    bench.write("line.csv", "a,b\n1,2e19\n");
    Supplier<Model> fast =
        () ->
            new Delegate(new LinearModel(1, 0)) {
              @Override
              public List<Value> values() {
                return List.of();
              }
            };
    Program program =
        new Program(plan().build(), fast, () -> new LinearModel(1, 0), folder, Map.of());
    DivergenceException e =
        catchThrowableOfType(
            DivergenceException.class,
            () -> Training.run(program, bench.into("run"), bench.console()));
    assertThat(e.culprit()).contains("squared = (p - y) ^ 2");
  }

  @Test
  void namesTheParameterAndTheStepThatMadeItInfinite() throws IOException {
    bench.write("line.csv", "a,b\n1,1\n1,1\n1,1\n");
    Plan plan = plan().batch(2).epochs(9).build();
    DivergenceException e =
        diverges(
            plan,
            () ->
                new Delegate(new LinearModel(1, 0)) {
                  @Override
                  public void update(Moment now) {
                    if (now.step() == 3) {
                      parameters().get(1).set(0, Double.NEGATIVE_INFINITY);
                    }
                  }
                });
    assertThat(e.report())
        .startsWith(
            "the update makes parameters infinite in epoch 2, at step 1 of the epoch and 3 of the run\n")
        .contains("holds the run up to the end of epoch 1, whose weights are finite\n");
    assertThat(bench.log("run")).hasSize(1);
    assertThat(bench.path("run/weights.safetensors")).exists();
  }

  /** Steps that overshoot: what grows are the gradients, and those a bound would keep small. */
  @Test
  void clippingIsNamedWhereGradientsHadGrown() throws IOException {
    bench.write("line.csv", "a,b\n10,1\n20,1\n30,1\n");
    Plan plan = plan().batch(1).epochs(90).build();
    assertThat(diverges(plan, () -> new LinearModel(1, 1)).report())
        .contains("hint: a smaller rate of the optimizer, or \"clip norm 1\", keeps steps small");
    assertThat(bench.trained("run", new LinearModel(1, 0)).parameters())
        .allMatch(parameter -> parameter.isFinite(parameter.length()));
  }

  /** The last step of an epoch makes them infinite, and no loss after it says so. */
  @Test
  void weightsThatAreNotFiniteAreNeverWritten() throws IOException {
    bench.write("line.csv", "a,b\n1,1\n1,1\n");
    DivergenceException e =
        diverges(
            plan().batch(1).epochs(3).build(),
            () ->
                new Delegate(new LinearModel(1, 0.1f)) {
                  @Override
                  public void backward(int n) {
                    super.backward(n);
                    if (parameters().get(1).get(0) > 0.4) {
                      gradients().get(0).set(0, Double.NaN);
                    }
                  }
                });
    assertThat(e.report()).contains(" of the epoch and ").doesNotContain("clip norm");
    LinearModel kept = bench.trained("run", new LinearModel(1, 0));
    assertThat(kept.parameters()).allMatch(parameter -> parameter.isFinite(parameter.length()));
    assertThat(kept.parameters().get(1).get(0)).isPositive();
    assertThat(Safetensors.read(bench.path("run/checkpoint.safetensors")).require("epoch"))
        .isEqualTo("1");
  }

  @Test
  void noticesItInTheValidationToo() throws IOException {
    bench.write("line.csv", "a,b\n1,1\n1,1\n1,2e19\n");
    DivergenceException e =
        diverges(plan().splitInOrder(67, 33).build(), () -> new LinearModel(1, 0));
    assertThat(e.report())
        .startsWith("line.nn:6: the loss is Infinity in the validation of epoch 1");
  }

  private DivergenceException diverges(Plan plan, Supplier<? extends Model> model) {
    try {
      Training.run(bench.program(plan, model), bench.into("run"), bench.console());
    } catch (DivergenceException e) {
      return e;
    }
    throw new AssertionError("no error");
  }

  private static Plan.Builder plan() {
    return Plan.of("Line")
        .modelFile("line.nn")
        .data(new Csv("line.csv"), bind("x", columns("a")), bind("y", columns("b")))
        .shuffle(false)
        .splitInOrder(100);
  }
}
