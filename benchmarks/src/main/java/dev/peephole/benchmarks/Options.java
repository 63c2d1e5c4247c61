package dev.peephole.benchmarks;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The command line.
 *
 * @param rounds how often each side is measured
 * @param only the workloads, all if empty
 * @param json where the figures go besides, or {@code null}
 * @param warmUp for how many seconds our sides run before they are measured
 * @param growth where to plot instead how a step's time grows, or {@code null}
 * @param flags the options that have no value
 */
record Options(
    int rounds, Set<String> only, Path json, double warmUp, Path growth, Set<String> flags) {
  static final String USAGE =
      "usage: benchmarks/run [--rounds N] [--only NAME,…] [--json FILE] [--no-pytorch] [--no-djl]\n"
          + "         [--warm-up SECONDS] [--processor-time]\n"
          + "       benchmarks/run --memory [--only NAME,…]\n"
          + "       benchmarks/run --threads\n"
          + "       benchmarks/run --report\n"
          + "       benchmarks/run --growth FILE.svg [--processor-time]";

  private static final String NO_PYTORCH = "--no-pytorch";
  private static final String NO_DJL = "--no-djl";
  private static final String PROCESSOR_TIME = "--processor-time";
  private static final String THREADS = "--threads";
  private static final String MEMORY = "--memory";
  private static final String REPORT = "--report";
  private static final Set<String> FLAGS =
      Set.of(NO_PYTORCH, NO_DJL, PROCESSOR_TIME, THREADS, MEMORY, REPORT);

  /** The options that the arguments say, or {@code null} if they are wrong. */
  static Options parse(String[] args) {
    int rounds = 7;
    double warmUp = 10;
    Set<String> only = Set.of();
    Path json = null;
    Path growth = null;
    Set<String> flags = new HashSet<>();
    for (int i = 0; i < args.length; i++) {
      if (FLAGS.contains(args[i])) {
        flags.add(args[i]);
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
    return new Options(rounds, only, json, warmUp, growth, flags);
  }

  /** Whether a workload is to be measured. */
  boolean wants(String workload) {
    return only.isEmpty() || only.contains(workload);
  }

  /** Whether to compare with Python's PyTorch. */
  boolean pyTorch() {
    return !flags.contains(NO_PYTORCH);
  }

  /**
   * Whether to compare with PyTorch 2 through the Deep Java Library, which tells the time alone.
   */
  boolean djl() {
    return !flags.contains(NO_DJL) && clock() == Clock.WALL;
  }

  /** Whether to measure instead from which size on two threads pay. */
  boolean sharing() {
    return flags.contains(THREADS);
  }

  /** Whether to measure instead how much memory a process needs. */
  boolean memory() {
    return flags.contains(MEMORY);
  }

  /** Whether to measure instead what the report of a run costs. */
  boolean reporting() {
    return flags.contains(REPORT);
  }

  /** What time is measured by. */
  Clock clock() {
    return flags.contains(PROCESSOR_TIME) ? Clock.PROCESSOR : Clock.WALL;
  }
}
