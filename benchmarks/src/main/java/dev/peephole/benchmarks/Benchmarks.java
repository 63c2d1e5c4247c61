package dev.peephole.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Measures all workloads on all sides and prints a table. */
public final class Benchmarks {
  private static final int THREADS = 2;
  private static final String PYTHON = System.getenv().getOrDefault("PYTHON", "python3");

  private final Options options;
  private final Path folder = Path.of(System.getProperty("benchmarks.folder", "benchmarks"));
  private final List<PyTorch> others = new ArrayList<>();

  private Benchmarks(Options options) {
    this.options = options;
  }

  /** Runs what the command line asks for. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT); // figures are written alike everywhere
    Options options = Options.parse(args);
    if (options == null) {
      System.err.println(Options.USAGE);
      System.exit(2);
    }
    new Benchmarks(options).run();
  }

  private void run() throws IOException {
    if (options.growth() != null) {
      System.out.print(new Growth(folder.resolve("models"), options.clock()).run(options.growth()));
      return;
    }
    if (options.memory()) {
      System.out.print(new PeakMemory(folder, PYTHON).table(options::wants));
      return;
    }
    if (options.sharing()) {
      System.out.print(new Sharing(folder.resolve("models")).table());
      return;
    }
    if (options.reporting()) {
      System.out.print(new Reporting(folder.resolveSibling("samples")).table());
      return;
    }
    startOthers();
    List<Measured> all = new ArrayList<>();
    try {
      Libraries libraries = libraries();
      for (Workload workload : Workload.all()) {
        if (options.wants(workload.name())) {
          System.err.println(workload.name() + " …");
          all.add(measure(workload));
        }
      }
      String version =
          others.stream().map(PyTorch::version).distinct().collect(Collectors.joining(" and "));
      Report report = new Report(all, version, libraries);
      System.out.print(report.table());
      if (options.json() != null) {
        Files.writeString(options.json(), report.json());
      }
    } finally {
      others.forEach(PyTorch::close);
    }
  }

  /** Each side's product, in turns, one right after another. */
  private Libraries libraries() {
    System.err.println("matrix products …");
    Map<String, MatrixLibrary> all = new LinkedHashMap<>();
    others.forEach(side -> all.put(side.name(), side.library()));
    return new Libraries(MatrixLibrary.own(), all);
  }

  private void startOthers() {
    Path script = folder.resolve("pytorch.py");
    if (options.pyTorch()) {
      others.add(new PyTorch(PYTHON, script, 1, 1, options.clock()));
    }
    if (options.pyTorch() && threads()) {
      others.add(new PyTorch(PYTHON, script, THREADS, 1, options.clock()));
      others.add(new PyTorch(PYTHON, script, 1, THREADS, options.clock()));
    }
    if (options.djl()) {
      Path jar = folder.resolve(Path.of("peers", "target", "peers.jar"));
      others.add(PyTorch.throughDjl(jar, 1));
      if (threads()) {
        others.add(PyTorch.throughDjl(jar, THREADS));
      }
    }
  }

  private Measured measure(Workload workload) throws IOException {
    Path start = Files.createTempFile("peephole", ".safetensors");
    Path models = folder.resolve("models");
    try (Generated alone = new Generated(models, options.clock());
        Generated together = Generated.onThreads(models, THREADS, true, options.clock())) {
      List<Side> sides = new ArrayList<>(List.of(alone));
      if (threads() && workload.kind() == Workload.Kind.TRAIN) {
        sides.add(together);
      }
      sides.addAll(others);
      Measured measured =
          Measured.inTurns(workload, sides, start, options.warmUp(), options.rounds());
      double bytes = alone.allocated(20);
      measured.allocated(
          sides.contains(together) ? Math.max(bytes, together.allocated(20)) : bytes);
      return measured;
    } finally {
      Files.delete(start);
    }
  }

  /** A thread's processor time says nothing of what others do for it. */
  private boolean threads() {
    return options.clock() == Clock.WALL && Runtime.getRuntime().availableProcessors() >= THREADS;
  }
}
