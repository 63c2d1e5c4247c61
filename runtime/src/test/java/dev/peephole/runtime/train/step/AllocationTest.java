package dev.peephole.runtime.train.step;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.train.LinearModel;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.progress.Progress;
import dev.peephole.runtime.train.progress.ProgressBar;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationTest {
  private static final int STEPS = 10_000;

  /** How often is tried: until the just-in-time compiler has its turn, steps allocate. */
  private static final int ROUNDS = 50;

  @TempDir Path folder;

  @Test
  void aWarmStepAllocatesNothing() throws IOException {
    Files.writeString(folder.resolve("line.csv"), "a,b\n1,2\n3,4\n5,6\n");
    Plan plan =
        Plan.of("Line")
            .data(new Csv("line.csv"), bind("x", columns("a")), bind("y", columns("b")))
            .clipNorm(1)
            .clipValue(0.1)
            .batch(2)
            .build();
    Model model = new LinearModel(1, 1e-6f);
    model.reserve(3);
    model.initialize(0);
    TrainingData data = TrainingData.load(plan, DataFolder.of(folder), model);
    TrainingStep step = TrainingStep.of(model, data.training().examples(), plan);
    Progress progress = new ProgressBar(new PrintStream(OutputStream.nullOutputStream()), 1, 3, 2);
    Batches batches = Batches.training(data.training(), plan);

    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least >= STEPS; round++) {
      long before = allocated();
      long idle = allocated() - before;
      before = allocated();
      run(step, batches, progress);
      least = Math.min(least, allocated() - before - idle);
    }

    // The bar may have been drawn once or twice; a step that allocates takes 160,000 bytes or more.
    assertThat(least).isLessThan(STEPS);
  }

  private static void run(TrainingStep step, Batches batches, Progress progress) {
    Moment now = new Moment();
    for (int i = 0; i < STEPS; i++) {
      for (double loss : step.run(batches, i % 2, now.at(i + 1, 1, 0))) {
        progress.step(1, 2, loss);
      }
    }
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
