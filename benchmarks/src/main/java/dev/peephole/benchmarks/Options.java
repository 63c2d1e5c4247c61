package dev.peephole.benchmarks;

import java.nio.file.Path;
import java.util.Set;

/**
 * The command line.
 *
 * @param rounds how often each side is measured
 * @param only the workloads, all if empty
 * @param json where the figures go besides, or {@code null}
 * @param pyTorch whether to compare
 * @param warmUp for how many seconds each side runs before it is measured
 * @param clock what time is measured by
 * @param growth where to plot instead how a step's time grows, or {@code null}
 */
record Options(
    int rounds,
    Set<String> only,
    Path json,
    boolean pyTorch,
    double warmUp,
    Clock clock,
    Path growth) {
  static final String USAGE =
      "usage: benchmarks/run [--rounds N] [--only NAME,…] [--json FILE] [--no-pytorch]\n"
          + "         [--warm-up SECONDS] [--processor-time]\n"
          + "       benchmarks/run --growth FILE.svg";

  /** The options that the arguments say, or {@code null} if they are wrong. */
  static Options parse(String[] args) {
    int rounds = 7;
    double warmUp = 3;
    Set<String> only = Set.of();
    Path json = null;
    Path growth = null;
    Clock clock = Clock.WALL;
    boolean pyTorch = true;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--no-pytorch")) {
        pyTorch = false;
        continue;
      }
      if (args[i].equals("--processor-time")) {
        clock = Clock.PROCESSOR;
        continue;
      }
      String option = args[i++];
      String value = i < args.length ? args[i] : "";
      switch (option) {
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--only" -> only = Set.of(value.split(","));
        case "--warm-up" -> warmUp = Double.parseDouble(value);
        case "--json" -> json = Path.of(value);
        case "--growth" -> growth = Path.of(value);
        default -> {
          return null;
        }
      }
    }
    return new Options(rounds, only, json, pyTorch, warmUp, clock, growth);
  }

  boolean wants(String workload) {
    return only.isEmpty() || only.contains(workload);
  }
}
