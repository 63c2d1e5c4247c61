package dev.peephole.benchmarks;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Frontend;
import dev.peephole.ir.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From which size on two threads are faster than one: training steps over a grid of sizes. The
 * fastest of many short rounds counts, as whatever else runs for a moment slows two threads more
 * than one.
 */
final class Sharing {
  private static final int THREADS = 2;
  private static final int ROUNDS = 15;
  private static final double WARM_UP_SECONDS = 1;
  private static final double SECONDS = 0.05;

  /** The same network with other sizes. */
  private record Size(String name, String text, int batch) {}

  private final Path models;

  /**
   * @param models the folder of the model files
   */
  Sharing(Path models) {
    this.models = models;
  }

  /** Measures, and says the figures as a table in Markdown. */
  String table() throws IOException {
    StringBuilder table = new StringBuilder();
    table.append(
        "| network | batch | millions of numbers | of multiply-adds | one thread | two | speed-up | pays |\n");
    table.append("|---|--:|--:|--:|--:|--:|--:|---|\n");
    for (Size size : sizes()) {
      System.err.println(size.name + ", batch " + size.batch + " …");
      table.append(row(size));
    }
    return table.toString();
  }

  private List<Size> sizes() throws IOException {
    List<Size> sizes = new ArrayList<>();
    String mlp = Files.readString(models.resolve("mlp-small.nn"));
    for (int units : new int[] {32, 128, 512}) {
      String text =
          mlp.replace("[784]", "[" + units + "]")
              .replace(".. 784", ".. " + units)
              .replace("column 784", "column " + units)
              .replace("128", String.valueOf(units));
      for (int batch : new int[] {4, 16, 64, 256}) {
        sizes.add(new Size("MLP %1$d-%1$d-10".formatted(units), text, batch));
      }
    }
    String lstm = Files.readString(models.resolve("lstm-50.nn"));
    for (int units : new int[] {4, 16, 64}) {
      for (int steps : new int[] {5, 50}) {
        String text =
            lstm.replace("[50, 64]", "[" + steps + ", 64]")
                .replace("window    50", "window    " + steps)
                .replace("64", String.valueOf(units))
                .replace("74", String.valueOf(units + 10))
                .replace("128", String.valueOf(units));
        for (int batch : new int[] {4, 32}) {
          String name = "LSTM %d → %d, %d steps".formatted(units, units, steps);
          sizes.add(new Size(name, text, batch));
        }
      }
    }
    return sizes;
  }

  /** Those of a training step, in millions. */
  private static double multiplyAdds(Path file, int batch) {
    Program program = Frontend.compile(file, DataAccess.none()).networks().get(0).program();
    return MultiplyAdds.of(program.step().equations(), batch) / 1e6;
  }

  private String row(Size size) throws IOException {
    Path folder = Files.createTempDirectory("peephole");
    Path file = folder.resolve("size.nn");
    Path start = folder.resolve("start.safetensors");
    Files.writeString(file, size.text);
    Workload workload = new Workload("", "size", size.batch, Workload.Kind.TRAIN, 1);
    try (Generated one = new Generated(folder, Clock.WALL);
        Generated two = Generated.onThreads(folder, THREADS, false, Clock.WALL)) {
      Measured measured =
          Measured.inTurns(workload, List.of(one, two), start, WARM_UP_SECONDS, ROUNDS, SECONDS);
      List<Double> times = List.copyOf(measured.least().values());
      return "| %s | %d | %.2f | %.2f | %s | %s | %.2f | %s |%n"
          .formatted(
              size.name,
              size.batch,
              two.work() / 1e6,
              multiplyAdds(file, size.batch),
              Report.time(times.get(0)),
              Report.time(times.get(1)),
              times.get(0) / times.get(1),
              two.pays() ? "yes" : "no");
    } finally {
      Files.deleteIfExists(start);
      Files.delete(file);
      Files.delete(folder);
    }
  }
}
