package dev.peephole.runtime.train.output;

import dev.peephole.runtime.train.metric.Measurement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What came out of a run or an evaluation.
 *
 * @param epochs how many epochs were run; absent for an evaluation
 * @param loss the training loss of the epoch whose parameters are kept; absent for an evaluation
 * @param parts what was measured over the other parts, by their names, the most telling one last
 * @param run the run folder, empty for an evaluation
 */
public record Result(
    OptionalInt epochs, OptionalDouble loss, Map<String, Measurement> parts, String run) {
  /** What the examples are called that the parameters are trained on. */
  public static final String TRAINING = "training";

  /** What the examples are called that tell when to stop. */
  public static final String VALIDATION = "validation";

  /** What the examples are called that training never sees. */
  public static final String TEST = "test";

  /** The event for logs and for {@code --json}; the metrics are those of the last part. */
  public Map<String, Object> event() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "result");
    epochs.ifPresent(count -> event.put("epochs", count));
    loss.ifPresent(value -> event.put("loss", value));
    Map<String, Object> metrics = Map.of();
    for (Map.Entry<String, Measurement> part : parts.entrySet()) {
      boolean training = part.getKey().equals(TRAINING);
      event.putIfAbsent(training ? "loss" : part.getKey() + "_loss", part.getValue().loss());
      metrics = part.getValue().event();
    }
    event.putAll(metrics);
    if (!run.isEmpty()) {
      event.put("run", run);
    }
    return event;
  }
}
