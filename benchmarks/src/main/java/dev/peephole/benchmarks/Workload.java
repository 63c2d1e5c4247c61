package dev.peephole.benchmarks;

import java.util.List;

/**
 * Something to do over and over.
 *
 * @param name what the tables call it
 * @param model the model file, without its ending
 * @param batch examples a step
 * @param kind whether a step trains or only predicts
 * @param target how many times PyTorch's speed is wanted
 */
record Workload(String name, String model, int batch, Kind kind, double target) {

  /** What a step is. */
  enum Kind {
    /** Loss, gradients and the optimizer's update. */
    TRAIN,
    /** The outputs alone. */
    PREDICT
  }

  /** All of them, in the order of the tables. */
  static List<Workload> all() {
    return List.of(
        new Workload("xor", "xor", 4, Kind.TRAIN, 50),
        new Workload("mlp-small", "mlp-small", 64, Kind.TRAIN, 1.5),
        new Workload("mlp-large", "mlp-large", 256, Kind.TRAIN, 0.9),
        new Workload("lenet5", "lenet5", 64, Kind.TRAIN, 2),
        new Workload("lstm-50", "lstm-50", 32, Kind.TRAIN, 1.3),
        new Workload("lstm-100", "lstm-100", 64, Kind.TRAIN, 1.3),
        new Workload("peephole-50", "peephole-50", 32, Kind.TRAIN, 4),
        new Workload("peephole-100", "peephole-100", 64, Kind.TRAIN, 4),
        new Workload("gru-50", "gru-50", 32, Kind.TRAIN, 1.3),
        new Workload("bidirectional-50", "bidirectional-50", 32, Kind.TRAIN, 1.3),
        new Workload("xor-latency", "xor", 1, Kind.PREDICT, 10),
        new Workload("mlp-latency", "mlp-small", 1, Kind.PREDICT, 10));
  }
}
