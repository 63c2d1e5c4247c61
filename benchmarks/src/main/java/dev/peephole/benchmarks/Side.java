package dev.peephole.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** One of the things compared. */
interface Side extends AutoCloseable {

  /** What the tables call it. */
  String name();

  /** Whether it is generated code. */
  default boolean own() {
    return false;
  }

  /** Gets ready; weights and batch are in a file, which the first side writes. */
  void open(Workload workload, Path start);

  /** The losses of the next steps; of a workload that predicts, sums of the outputs. */
  List<Double> losses(int steps);

  /** Does steps for about so many seconds. Returns the seconds of one. */
  double time(double seconds);

  @Override
  void close();
}
