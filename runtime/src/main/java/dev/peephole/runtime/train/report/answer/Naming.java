package dev.peephole.runtime.train.report.answer;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.scaling.Scaling;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.output.PredictionTable;
import dev.peephole.runtime.train.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the data call columns and classes, and the numbers before they were scaled. */
final class Naming {
  private final Plan plan;
  private final TrainingData data;

  Naming(Plan plan, TrainingData data) {
    this.plan = plan;
    this.data = data;
  }

  /** What the classes of a label are called, or their numbers. */
  List<String> classes(Tensor tensor) {
    List<String> names = data.labelNames().getOrDefault(tensor.name(), List.of());
    return IntStream.range(0, Math.max(2, tensor.classes()))
        .mapToObj(k -> k < names.size() ? visible(names.get(k)) : Integer.toString(k))
        .toList();
  }

  /** Characters that cannot be seen are replaced by others that stand for them. */
  private static String visible(String name) {
    return switch (name) {
      case " " -> "␣";
      case "\n" -> "⏎";
      case "\t" -> "⇥";
      case "\r" -> "␍";
      default -> name;
    };
  }

  /** What the numbers of an example are called, or those of a step. */
  List<String> columns(Tensor tensor) {
    return plan.bindings().stream()
        .filter(binding -> binding.tensor().equals(tensor.name()))
        .map(binding -> binding.selector().names())
        .filter(names -> names.size() == tensor.size())
        .findFirst()
        .orElseGet(() -> PredictionTable.names(tensor));
  }

  /** A number before it was scaled. */
  double unscaled(Tensor tensor, int k, double value) {
    return Optional.ofNullable(data.scalings().get(tensor.name()))
        .map(scaling -> scaling.line(k % scaling.lines().size()).undo(value))
        .orElse(value);
  }

  /** The number as the network gets it. */
  double scaled(Tensor tensor, int k, double value) {
    Scaling scaling = data.scalings().get(tensor.name());
    return scaling == null ? value : scaling.line(k % scaling.lines().size()).apply(value);
  }
}
