package dev.peephole.runtime.train;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static dev.peephole.runtime.data.example.Selector.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.data.format.Idx;
import dev.peephole.runtime.data.generator.Xor;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void setUp() {
    bench = new Bench(folder);
  }

  /**
   * Nothing is stretched by a deviation of rounding: neither 0.2 in place of 0.1 nor the output.
   */
  @Test
  void aConstantInputAndAConstantTargetStayInTheirPlace() throws IOException {
    bench.write("line.csv", "a,b\n" + "0.1,0.7\n".repeat(10));
    Plan plan =
        Plan.of("Line")
            .modelFile("line.nn")
            .data(new Csv("line.csv"), bind("x", columns("a")), bind("y", columns("b")))
            .standardize("x", "y")
            .build();
    bench.write("in.csv", "a\n0.1\n0.2\n");
    List<String> lines = predict(plan, () -> new LinearModel(1, 0.1f), "in.csv");
    assertThat(lines).containsExactly("p", "0.7", "0.7");
    assertThat(bench.err())
        .contains("warning: line.csv: column \"a\" is always 0.1 in the training part\n  hint: ")
        .contains("warning: line.csv: column \"b\" is always 0.7 in the training part\n  hint: ");
  }

  /** y = 100 a + 1000, learnt in standardized numbers and predicted in the data's own. */
  @Test
  void scalesInputsAndScalesOutputsBack() throws IOException {
    bench.write("line.csv", "b,a\n1000,0\n1100,1\n1200,2\n1300,3\n");
    Plan plan =
        Plan.of("Line")
            .data(new Csv("line.csv"), bind("x", columns("a")), bind("y", columns("b")))
            .standardize("x")
            .rescale("y", -1, 1)
            .epochs(500)
            .build();
    bench.write("in.csv", "note,a\nhot,10\ncold,-10\nmild,0.5\n");

    List<String> lines = predict(plan, () -> new LinearModel(1, 0.05f), "in.csv");

    assertThat(lines.get(0)).isEqualTo("p");
    double[] expected = {2000, 0, 1050};
    assertThat(lines).hasSize(4);
    for (int i = 0; i < 3; i++) {
      assertThat(Double.parseDouble(lines.get(i + 1))).isCloseTo(expected[i], within(0.01));
    }
  }

  @Test
  void namesTheLabel() throws IOException {
    bench.write("kinds.csv", "1,0,\"oak, old\"\n0,1,ash\n1,0,\"oak, old\"\n0,1,ash\n");
    Plan plan =
        Plan.of("Kinds")
            .data(new Csv("kinds.csv", false), bind("x", columns(0, 1)), bind("kind", columns(2)))
            .epochs(50)
            .batch(2)
            .build();
    bench.write("in.csv", "0,1\n1,0\n1,0\n");

    List<String> lines = predict(plan, () -> new SoftmaxModel(2, 2, 1), "in.csv");

    assertThat(lines.get(0)).isEqualTo("p_0,p_1,kind");
    assertThat(lines.get(1)).matches("0\\.9\\d*,0\\.0\\d*,ash");
    assertThat(lines.get(2)).endsWith(",\"oak, old\"").isEqualTo(lines.get(3));
  }

  @Test
  void readsTheInputsOfAGeneratorByTheirNames() throws IOException {
    Plan plan =
        Plan.of("Kinds")
            .data(new Xor(), bind("x", field("x").map(v -> 2 * v)), bind("kind", field("y")))
            .epochs(1)
            .build();
    bench.write("in.csv", "x_1,x_0\n0,1\n");
    Supplier<Model> first =
        () ->
            new Delegate(new SoftmaxModel(2, 2, 0)) {
              @Override
              public void predict(int n) {
                outputs().get(0).set(0, inputs().get(0).get(0));
                outputs().get(0).set(1, inputs().get(0).get(1));
              }
            };
    assertThat(predict(plan, first, "in.csv")).containsExactly("p_0,p_1,kind", "2.0,0.0,0");
  }

  @Test
  void readsIdxFilesWithoutLabels() throws IOException {
    write("values", "00000802 00000003 00000002 0100 0001 0100");
    write("labels", "00000801 00000003 010001");
    Plan plan =
        Plan.of("Kinds")
            .data(
                new Idx("values", "labels"),
                bind("x", field("values")),
                bind("kind", field("labels")))
            .epochs(50)
            .build();
    write("more", "00000802 00000002 00000002 0001 0100");
    List<String> lines = predict(plan, () -> new SoftmaxModel(2, 2, 1), "more");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).endsWith(",0");
    assertThat(lines.get(2)).endsWith(",1");
  }

  @Test
  void printsToTheConsoleIfThereIsNoFile() throws IOException {
    bench.write("line.csv", "a,b\n1,1\n");
    Plan plan = line();
    Program program = bench.program(plan, () -> new LinearModel(1, 0));
    Training.run(program, bench.into("run"), bench.console());
    Bench fresh = new Bench(folder);
    Prediction.run(
        program,
        bench.path("run/weights.safetensors"),
        bench.path("line.csv"),
        Optional.empty(),
        RunOptions.defaults(),
        fresh.console());
    assertThat(fresh.out()).isEqualTo("p\n0.0\n");
  }

  @Test
  void saysWhatTheInputsLack() throws IOException {
    bench.write("line.csv", "a,b\n1,1\n");
    bench.write("in.csv", "A,b\n1,1\n");
    assertThatThrownBy(() -> predict(line(), () -> new LinearModel(1, 0), "in.csv"))
        .isInstanceOf(DataException.class)
        .hasMessage("has no a");
    assertThat(bench.path("out.csv")).doesNotExist();
  }

  private static Plan line() {
    return Plan.of("Line")
        .data(new Csv("line.csv"), bind("x", columns("a")), bind("y", columns("b")))
        .epochs(1)
        .build();
  }

  private List<String> predict(Plan plan, Supplier<? extends Model> model, String in)
      throws IOException {
    Program program = bench.program(plan, model);
    Training.run(program, bench.into("run"), bench.console());
    Path out = bench.path("out.csv");
    Prediction.run(
        program,
        bench.path("run/weights.safetensors"),
        bench.path(in),
        Optional.of(out),
        RunOptions.defaults(),
        bench.console());
    return Files.readAllLines(out);
  }

  private void write(String name, String hex) throws IOException {
    Files.write(bench.path(name), HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
