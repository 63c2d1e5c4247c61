package dev.peephole.benchmarks;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.kernel.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A process that does a workload's steps and nothing else, and says how much memory it took; the
 * network's class is in its class path.
 */
public final class Footprint {
  /** As many as PyTorch takes. */
  static final int STEPS = 20;

  private Footprint() {}

  /** Takes the name of the class, the examples of a batch, and what a step is. */
  public static void main(String[] args) throws ReflectiveOperationException, IOException {
    Locale.setDefault(Locale.ROOT); // figures are written alike everywhere
    Model model = (Model) Class.forName(args[0]).getConstructor().newInstance();
    int batch = Integer.parseInt(args[1]);
    boolean trains = Workload.Kind.valueOf(args[2]) == Workload.Kind.TRAIN;
    Generated.begin(model, batch);
    for (int step = 1; step <= STEPS; step++) {
      if (trains) {
        model.loss(batch);
        model.backward(batch);
        model.update(Moment.of(step));
      } else {
        model.predict(batch);
      }
    }
    System.out.println(peak());
  }

  /** The most memory that this process ever had, in KiB (on Linux). */
  private static long peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
