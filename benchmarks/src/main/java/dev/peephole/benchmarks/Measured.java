package dev.peephole.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What was measured of one workload: for each side the seconds of a step, round by round. */
final class Measured {
  private static final int COMPARED_LOSSES = 5;
  private static final double ROUND_SECONDS = 0.5;

  /** PyTorch has its kernels ready; it is our code that is compiled as it runs. */
  private static final double OTHERS_WARM_UP_SECONDS = 3;

  private final Workload workload;
  private final List<String> own = new ArrayList<>();
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
  private final Map<String, List<Double>> losses = new LinkedHashMap<>();
  private double allocated;

  /**
   * @param sides ours first, on one thread
   */
  Measured(Workload workload, List<Side> sides) {
    this.workload = workload;
    for (Side side : sides) {
      seconds.put(side.name(), new ArrayList<>());
      if (side.own()) {
        own.add(side.name());
      }
    }
  }

  /**
   * Measures sides in turns.
   *
   * @param start what the first side writes and the others begin with
   * @param warmUp how many seconds our sides have before that; others need three at most
   */
  static Measured inTurns(
      Workload workload, List<Side> sides, Path start, double warmUp, int rounds) {
    return inTurns(workload, sides, start, warmUp, rounds, ROUND_SECONDS);
  }

  /** The same with rounds of so many seconds a side. */
  static Measured inTurns(
      Workload workload,
      List<Side> sides,
      Path start,
      double warmUp,
      int rounds,
      double roundSeconds) {
    Measured measured = new Measured(workload, sides);
    for (Side side : sides) {
      side.open(workload, start);
      measured.losses(side.name(), side.losses(COMPARED_LOSSES));
      side.time(side.own() ? warmUp : Math.min(warmUp, OTHERS_WARM_UP_SECONDS));
    }
    for (int round = 0; round < rounds; round++) {
      for (Side side : sides) {
        measured.time(side.name(), side.time(roundSeconds));
      }
    }
    return measured;
  }

  Workload workload() {
    return workload;
  }

  void time(String side, double each) {
    seconds.get(side).add(each);
  }

  void losses(String side, List<Double> some) {
    losses.put(side, some);
  }

  void allocated(double bytes) {
    allocated = bytes;
  }

  double allocated() {
    return allocated;
  }

  /** The median over the rounds of each side. */
  Map<String, Double> medians() {
    Map<String, Double> medians = new LinkedHashMap<>();
    seconds.forEach((side, all) -> medians.put(side, median(all)));
    return medians;
  }

  /** The least of the rounds of each side. */
  Map<String, Double> least() {
    Map<String, Double> least = new LinkedHashMap<>();
    seconds.forEach((side, all) -> least.put(side, Collections.min(all)));
    return least;
  }

  static double median(List<Double> all) {
    List<Double> sorted = all.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private double best(Predicate<String> sides) {
    return medians().entrySet().stream()
        .filter(side -> sides.test(side.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .min()
        .orElse(Double.NaN);
  }

  /**
   * How many times as fast as the best of the others our best is; no number if there is none.
   *
   * @param peers those that are worth a comparison
   */
  double ratio(Predicate<String> peers) {
    return best(side -> !own.contains(side) && peers.test(side)) / best(own::contains);
  }

  /** How many times as fast as one thread our last side is; 1 if there is no other. */
  double speedUp() {
    Map<String, Double> medians = medians();
    return medians.get(own.get(0)) / medians.get(own.get(own.size() - 1));
  }

  /** The greatest relative difference of the others' losses from ours. */
  double difference() {
    List<List<Double>> all = List.copyOf(losses.values());
    double greatest = 0;
    for (List<Double> other : all) {
      for (int i = 0; i < other.size(); i++) {
        double own = all.get(0).get(i);
        greatest = Math.max(greatest, Math.abs(other.get(i) - own) / Math.abs(own));
      }
    }
    return greatest;
  }
}
