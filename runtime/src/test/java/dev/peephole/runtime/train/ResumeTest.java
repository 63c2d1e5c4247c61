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
import java.util.function.Supplier;
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

  /** In the middle of an epoch, before its validation, at its end: counts of clipped steps, too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 8})
  void stopsAfterTheStepAndGoesOnToTheSameBits(int step) throws IOException {
    Plan plan = builder().epochs(5).clipNorm(0.3).build();
    Training.run(program(plan, Long.MAX_VALUE), bench.into("whole"), bench.console());
    Interruption interruption = new Interruption();
    Program stops = at(plan, step, interruption::ask);
    assertThatThrownBy(
            () -> Training.run(stops, bench.into("run"), bench.console(), () -> interruption))
        .isInstanceOf(StoppedException.class);
    String place = "stopped in epoch %s after step %s of 4, step %s of the run\n";
    assertThat(bench.err())
        .startsWith(place.formatted((step + 3) / 4, (step + 3) % 4 + 1, step))
        .endsWith("go on with: --resume " + bench.path("run") + "\n");
    assertThat(bench.path("run/weights.safetensors")).exists();

    Training.run(program(plan, Long.MAX_VALUE), bench.resume("run"), bench.console());

    for (String file :
        new String[] {"weights.safetensors", "checkpoint.safetensors", "report/epochs.csv"}) {
      assertThat(bench.path("run").resolve(file))
          .hasSameBinaryContentAs(bench.path("whole").resolve(file));
    }
    assertThat(bench.log("run")).isEqualTo(bench.log("whole")).hasSize(6);
  }

  @Test
  void otherBatchesWaitForTheEndOfTheEpoch() {
    Interruption interruption = new Interruption();
    Program stops = at(plan(), 2, interruption::ask);
    assertThatThrownBy(
            () -> Training.run(stops, bench.into("run"), bench.console(), () -> interruption))
        .isInstanceOf(StoppedException.class);
    RunOptions other = bench.resume("run", "--batch=5");
    assertThatThrownBy(() -> Training.run(program(plan(), 99), other, bench.console()))
        .hasMessage("is from the middle of an epoch of 4 batches of 3, not of 2 batches of 5");
  }

  @Test
  void beginsAnewWhereItWasKilledBeforeItsFirstCheckpoint() throws IOException {
    Training.run(program(plan(), Long.MAX_VALUE), bench.into("whole"), bench.console());
    Files.createDirectory(bench.path("run"));
    bench.write("run/.lock", "1234\n");
    bench.write("run/checkpoint.safetensors.part", "half a file");
    Training.run(program(plan(), Long.MAX_VALUE), bench.resume("run"), bench.console());
    assertThat(bench.err())
        .isEqualTo("note: the run ended before its first checkpoint, and begins anew\n");
    assertThat(bench.path("run/weights.safetensors"))
        .hasSameBinaryContentAs(bench.path("whole/weights.safetensors"));
  }

  @Test
  void twoRunsInOneFolderRefuseEachOther() {
    Program intruded =
        at(
            plan(),
            2,
            () ->
                assertThatThrownBy(
                        () ->
                            Training.run(program(plan(), 99), bench.resume("run"), bench.console()))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("another run is under way in this folder, process "));
    Training.run(intruded, bench.into("run"), bench.console());
    assertThat(bench.path("run/weights.safetensors")).exists();
  }

  /** What cannot be written over stands for a disk without room. */
  @Test
  void whatCannotBeWrittenLeavesTheCheckpoint() throws IOException {
    Training.run(program(plan(), Long.MAX_VALUE), bench.into("whole"), bench.console());
    Path obstacle = bench.path("run/weights.safetensors.part");
    Program full = at(plan(), 6, () -> obstacle.toFile().mkdir());
    assertThatThrownBy(() -> Training.run(full, bench.into("run"), bench.console()))
        .isInstanceOfSatisfying(
            DataException.class,
            e ->
                assertThat(e.report())
                    .contains("weights.safetensors: cannot be written: ")
                    .contains("hint: is the disk full, or the folder protected? ")
                    .endsWith(
                        "holds the run after epoch 1, step 4 of the run, and --resume goes on"));
    Files.delete(obstacle);
    Training.run(program(plan(), Long.MAX_VALUE), bench.resume("run"), bench.console());
    assertThat(bench.log("run")).isEqualTo(bench.log("whole"));
  }

  @Test
  void aForeignLogStaysAsItIs() throws IOException {
    killed(plan(), 9);
    bench.write("run/log.jsonl", "my notes\n");
    assertThatThrownBy(
            () -> Training.run(program(plan(), 99), bench.resume("run"), bench.console()))
        .isInstanceOfSatisfying(
            DataException.class,
            e -> assertThat(e.report()).contains("log.jsonl:1: is no event of a run\n"));
    assertThat(bench.path("run/log.jsonl")).hasContent("my notes\n");

    Files.delete(bench.path("run/log.jsonl"));
    Training.run(program(plan(), 99), bench.resume("run"), bench.console());
    assertThat(bench.err()).isEqualTo("note: the log lacks 2 of 2 epochs\n");
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

  /** Does something right after a step. */
  private Program at(Plan plan, long step, Runnable does) {
    Supplier<Model> model =
        () ->
            new Delegate(new LinearModel(1, 0.05f)) {
              @Override
              public void update(Moment now) {
                super.update(now);
                if (now.step() == step) {
                  does.run();
                }
              }
            };
    return bench.program(plan, model, () -> new LinearModel(1, 0));
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
