package dev.peephole.runtime.train.metric;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The metrics that there are, by the names that plans use; the loss is always measured. */
public final class Metrics {
  private static final String LOSS = "loss";
  private static final Map<String, Function<Model, List<Metric>>> KINDS =
      Map.of("accuracy", Accuracy::ofAnswers, "sequence_accuracy", Accuracy::ofSequences);

  private Metrics() {}

  /** The names that a plan may ask for. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>(KINDS.keySet());
    names.add(LOSS);
    return names;
  }

  /** Throws an {@link IllegalArgumentException} if one of the names is unknown. */
  public static void check(List<String> names) {
    for (String name : names) {
      if (!names().contains(name)) {
        throw new IllegalArgumentException(
            "there is no metric " + name + ": " + Nearest.hint(name, names()));
      }
    }
  }

  /** The metrics of a plan over a model's buffers, as of its last {@link Model#reserve}. */
  public static List<Metric> of(List<String> names, Model model) {
    return names.stream()
        .filter(name -> !name.equals(LOSS))
        .distinct()
        .flatMap(name -> KINDS.get(name).apply(model).stream())
        .toList();
  }
}
