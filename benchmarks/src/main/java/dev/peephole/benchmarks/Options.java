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
 */
record Options(int rounds, Set<String> only, Path json, boolean pyTorch) {
  static final String USAGE =
      "usage: benchmarks/run [--rounds N] [--only NAME,…] [--json FILE] [--no-pytorch]";

  /** The options that the arguments say, or {@code null} if they are wrong. */
  static Options parse(String[] args) {
    Options options = new Options(7, Set.of(), null, true);
    for (int i = 0; i < args.length; i++) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      switch (args[i]) {
        case "--no-pytorch" ->
            options = new Options(options.rounds, options.only, options.json, false);
        case "--rounds" ->
            options =
                new Options(Integer.parseInt(value), options.only, options.json, options.pyTorch);
        case "--only" ->
            options =
                new Options(
                    options.rounds, Set.of(value.split(",")), options.json, options.pyTorch);
        case "--json" ->
            options = new Options(options.rounds, options.only, Path.of(value), options.pyTorch);
        default -> {
          return null;
        }
      }
      i += args[i].equals("--no-pytorch") ? 0 : 1;
    }
    return options;
  }

  boolean wants(String workload) {
    return only.isEmpty() || only.contains(workload);
  }
}
