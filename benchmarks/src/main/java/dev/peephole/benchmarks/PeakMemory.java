package dev.peephole.benchmarks;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.JavaSources;
import dev.peephole.driver.JavaSources.Target;
import dev.peephole.driver.TrainerJar;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.kernel.VectorApi;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The most memory that a process needs for a workload, for generated code and for PyTorch. */
final class PeakMemory {
  private static final double KIB_A_MIB = 1024;

  private final Path folder;
  private final String python;

  /**
   * @param folder that of the benchmarks
   * @param python a Python that has PyTorch
   */
  PeakMemory(Path folder, String python) {
    this.folder = folder;
    this.python = python;
  }

  /** Measures, and says the figures as a table in Markdown. */
  String table(Predicate<String> wanted) throws IOException {
    StringBuilder table = new StringBuilder("| workload | peephole | PyTorch |\n|---|--:|--:|\n");
    for (Workload workload : Workload.all()) {
      if (wanted.test(workload.name())) {
        System.err.println(workload.name() + " …");
        table.append(
            "| %s | %.0f MiB | %.0f MiB |%n"
                .formatted(workload.name(), own(workload), pyTorch(workload)));
      }
    }
    return table.toString();
  }

  /** A process of its own, as the compiler's memory is not the network's. */
  private double own(Workload workload) throws IOException {
    Path jar = Files.createTempFile("peephole", ".jar");
    try {
      Path file = folder.resolve("models").resolve(workload.model() + ".nn");
      Compilation compiled = Frontend.compile(file, DataAccess.none());
      JavaSources sources = JavaSources.of(compiled.networks().get(0), Style.FAST, Target.CPU);
      TrainerJar.write(jar, compiled, sources);
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--add-modules=" + VectorApi.MODULE,
              "-XX:+UseSerialGC",
              "-Xlog:disable",
              "-cp",
              jar + File.pathSeparator + System.getProperty("java.class.path"),
              Footprint.class.getName(),
              sources.model(),
              String.valueOf(workload.batch()),
              workload.kind().name());
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (answer.isEmpty()) {
        throw new IOException("no answer from " + String.join(" ", command));
      }
      return Long.parseLong(answer) / KIB_A_MIB;
    } finally {
      Files.delete(jar);
    }
  }

  private double pyTorch(Workload workload) throws IOException {
    Path start = Files.createTempFile("peephole", ".safetensors");
    try (Generated generated = new Generated(folder.resolve("models"), Clock.WALL);
        PyTorch other = new PyTorch(python, folder.resolve("pytorch.py"), 1, 1, Clock.WALL)) {
      generated.open(workload, start);
      other.open(workload, start);
      other.losses(Footprint.STEPS);
      return other.peakKib() / KIB_A_MIB;
    } finally {
      Files.delete(start);
    }
  }
}
