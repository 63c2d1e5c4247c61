package dev.peephole.runtime.train;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
  private static final int STEPS_AN_EPOCH = 4;

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void setUp() throws IOException {
    bench = new Bench(folder);
    StringBuilder rows = new StringBuilder("a,b\n");
    for (int i = 0; i < 13; i++) {
      rows.append(i * i % 7).append(',').append(3 * i % 5 - 1).append('\n');
    }
    bench.write("line.csv", rows.toString());
  }

  /** Stops as the process is killed: at the end of an epoch, in the middle, in the first one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 8, 10, 19, 20})
  void goesOnToTheSameBits(int lastStep) throws IOException {
    Training.run(program(plan(), Long.MAX_VALUE), bench.into("whole"), bench.console());
    killed(plan(), lastStep);

    Training.run(program(plan(), Long.MAX_VALUE), bench.resume("run"), bench.console());

    for (String file : new String[] {"weights.safetensors", "checkpoint.safetensors"}) {
      assertThat(bench.path("run").resolve(file))
          .hasSameBinaryContentAs(bench.path("whole").resolve(file));
    }
    assertThat(bench.log("run")).isEqualTo(bench.log("whole")).hasSize(6);
  }

  @Test
  void takesUpWhatAKilledProcessLeftHalfWritten() throws IOException {
    Training.run(program(plan(), Long.MAX_VALUE), bench.into("whole"), bench.console());
    killed(plan(), 2 * STEPS_AN_EPOCH);
    bench.write("run/checkpoint.safetensors.part", "half a file");
    Files.writeString(
        bench.path("run/log.jsonl"),
        "{\"event\":\"epoch\",\"epoch\":3,\"loss\":1}\n{\"event\":\"ep",
        StandardOpenOption.APPEND);

    Training.run(program(plan(), Long.MAX_VALUE), bench.resume("run"), bench.console());

    assertThat(bench.log("run")).isEqualTo(bench.log("whole"));
  }

  @Test
  void keepsTheBestWeightsOverAStop() throws IOException {
    Plan patient = builder().epochs(9).stopAfter(2).build();
    Training.run(program(patient, Long.MAX_VALUE), bench.into("whole"), bench.console());
    killed(patient, STEPS_AN_EPOCH);
    Training.run(program(patient, Long.MAX_VALUE), bench.resume("run"), bench.console());
    assertThat(bench.path("run/weights.safetensors"))
        .hasSameBinaryContentAs(bench.path("whole/weights.safetensors"));
    assertThat(bench.log("run")).isEqualTo(bench.log("whole"));
  }

  @Test
  void optionsOfTheFirstCommandHoldUnlessSaidOtherwise() throws IOException {
    RunOptions six = bench.into("run", "--epochs=6");
    Training.run(program(plan(), Long.MAX_VALUE), six, bench.console());
    Training.run(program(plan(), Long.MAX_VALUE), bench.resume("run"), bench.console());
    assertThat(bench.log("run")).hasSize(7);

    RunOptions eight = bench.resume("run", "--epochs=8");
    Training.run(program(plan(), Long.MAX_VALUE), eight, bench.console());
    assertThat(bench.log("run")).hasSize(9);
  }

  @Test
  void refusesOtherData() throws IOException {
    killed(plan(), 9);
    bench.write("line.csv", Files.readString(bench.path("line.csv")) + "1,1\n");
    assertThatThrownBy(
            () -> Training.run(program(plan(), 99), bench.resume("run"), bench.console()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("they were 10 + 3 + 0 examples, and are 11 + 3 + 0");
  }

  @Test
  void refusesAnotherSeed() throws IOException {
    killed(plan(), 9);
    RunOptions reseeded = bench.resume("run", "--seed=6");
    assertThatThrownBy(() -> Training.run(program(plan(), 99), reseeded, bench.console()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("was made with seed 5, not 6");
  }

  @Test
  void saysThatAFolderHoldsNoRun() {
    assertThatThrownBy(
            () -> Training.run(program(plan(), 99), bench.resume("none"), bench.console()))
        .isInstanceOf(DataException.class)
        .hasMessage("holds no run to resume");
  }

  @Test
  void saysThatTheModelFileHasChanged() throws IOException {
    killed(plan(), 9);
    bench.write("run/line.nn", "network Line { older }");
    Training.run(program(plan(), Long.MAX_VALUE), bench.resume("run"), bench.console());
    assertThat(bench.err()).isEqualTo("note: line.nn has changed since the run began\n");
  }

  private void killed(Plan plan, int lastStep) {
    assertThatThrownBy(
            () -> Training.run(program(plan, lastStep), bench.into("run"), bench.console()))
        .isInstanceOf(Killed.class);
  }

  private static Plan plan() {
    return builder().epochs(5).build();
  }

  /** 10 training examples in batches of 3. */
  private static Plan.Builder builder() {
    return Plan.of("Line")
        .modelFile("line.nn")
        .data(new Csv("line.csv"), bind("x", columns("a")), bind("y", columns("b")))
        .split(77, 23)
        .standardize("x")
        .batch(3)
        .seed(5);
  }

  /** Ends in the middle of the update after {@code lastStep}, or right after the last one. */
  private Program program(Plan plan, long lastStep) {
    return bench.program(plan, () -> new Mortal(new LinearModel(1, 0.05f), lastStep));
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private static final class Mortal extends Delegate {
    private final long lastStep;

    Mortal(Model model, long lastStep) {
      super(model);
      this.lastStep = lastStep;
    }

    @Override
    public void update(Moment now) {
      super.update(now);
      if (now.step() >= lastStep) {
        throw new Killed();
      }
    }
  }
}
