package dev.peephole.runtime.train.step;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.sun.management.ThreadMXBean;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.train.Delegate;
import dev.peephole.runtime.train.LinearModel;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.plan.Plan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches in shards, one a thread: the same gradients, and the same bits each time. */
class ShardedStepTest {
  private static final int STEPS = 40;
  private static final int BATCH = 4;

  @TempDir Path folder;
  private final List<TrainingStep> open = new ArrayList<>();
  private Plan plan;

  @BeforeEach
  void setUp() throws IOException {
    Files.writeString(
        folder.resolve("line.csv"), "a,c,b\n1,0,2\n3,1,4\n5,2,6\n-1,1,0\n2,2,1\n0,3,5\n1,1,1\n");
    plan =
        Plan.of("Line")
            .data(new Csv("line.csv"), bind("x", columns("a", "c")), bind("y", columns("b")))
            .clipNorm(3)
            .shuffle(false)
            .splitInOrder(100)
            .batch(BATCH)
            .build();
  }

  @AfterEach
  void closeSteps() {
    open.forEach(TrainingStep::close);
  }

  private static LinearModel model() {
    LinearModel model = new LinearModel(2, 0.01f);
    model.reserve(BATCH);
    model.initialize(3);
    return model;
  }

  private record Run(TrainingStep step, Batches batches, Model model) {
    List<Double> losses(int steps) {
      List<Double> losses = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        losses.add(step.run(batches, i % batches.count(), Moment.of(i + 1))[0]);
      }
      return losses;
    }
  }

  /** Each other thread's model begins with parameters of its own, which must not matter. */
  private Run run(int threads, Model... others) {
    Model model = model();
    TrainingData data = TrainingData.load(plan, DataFolder.of(folder), model);
    List<Model> more = new ArrayList<>(List.of(others));
    Stream.generate(ShardedStepTest::model).limit(threads - 1 - others.length).forEach(more::add);
    more.forEach(m -> m.initialize(77));
    TrainingStep step = TrainingStep.of(model, more, data.training().examples(), plan);
    open.add(step);
    return new Run(step, Batches.training(data.training(), plan), model);
  }

  /** Batches of 4 and 3: with 5 threads there are shards without an example. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void shardsHaveTheLossesOfOneThread(int threads) {
    List<Double> alone = run(1).losses(STEPS);
    List<Double> together = run(threads).losses(STEPS);
    for (int i = 0; i < STEPS; i++) {
      assertThat(together.get(i)).isCloseTo(alone.get(i), offset(1e-5 * Math.abs(alone.get(i))));
    }
    assertThat(alone.get(STEPS - 1)).isLessThan(alone.get(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theSameNumberOfThreadsGivesTheSameBits(int threads) {
    assertThat(run(threads).losses(STEPS)).isEqualTo(run(threads).losses(STEPS));
  }

  @Test
  void whatGoesWrongInAThreadIsNotLost() {
    Model broken =
        new Delegate(model()) {
          @Override
          public double loss(int n) {
            throw new IllegalArgumentException("broken");
          }
        };
    Run run = run(2, broken);
    assertThatThrownBy(() -> run.losses(1)).hasRootCauseMessage("broken");
  }

  @Test
  void aLossThatIsNotFiniteIsToldAndMovesNothing() {
    Run run = run(2);
    float[] w = (float[]) run.model().parameters().get(0).array();
    w[0] = Float.NaN;
    float[] b = (float[]) run.model().parameters().get(1).array();
    b[0] = 0.5f;
    assertThat(run.losses(1).get(0)).isNaN();
    assertThat(b[0]).isEqualTo(0.5f);
  }

  @Test
  void aWarmStepAllocatesNothing() {
    Run run = run(2);
    run.losses(5000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Moment now = new Moment();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < 10_000; i++) {
      run.step().run(run.batches(), 0, now.at(i + 1, 1, 0));
    }
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(bytes).isLessThan(10_000);
  }

  @Test
  void smallWorkIsDoneByOneThread() {
    assertThat(ShardedStep.pays(model(), BATCH, 1)).isFalse();
    LinearModel wide = new LinearModel(100_000, 0.1f);
    wide.reserve(1);
    assertThat(ShardedStep.pays(wide, 64, 1)).isTrue();
    assertThat(ShardedStep.pays(wide, 2, 1)).isFalse();
  }
}
