package dev.peephole.runtime.train.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured over a part of the data.
 *
 * @param loss the mean over the examples
 * @param metrics by name, in the order of the plan; NaN where one is not defined
 * @param tables which class was taken for which, if the plan asks for it
 */
public record Measurement(double loss, Map<String, Double> metrics, List<ConfusionTable> tables) {

  /** Figures without tables. */
  public Measurement(double loss, Map<String, Double> metrics) {
    this(loss, metrics, List.of());
  }

  /** A metric by the name that plans use, or the loss; NaN if it is not measured or defined. */
  public double figure(String name) {
    return name.equals("loss")
        ? loss
        : metrics.entrySet().stream()
            .filter(each -> each.getKey().split("[ (]")[0].equals(name))
            .mapToDouble(Map.Entry::getValue)
            .findFirst()
            .orElse(Double.NaN);
  }

  /** The metrics as logs have them: null where one is not defined. */
  public Map<String, Object> event() {
    Map<String, Object> event = new LinkedHashMap<>();
    metrics.forEach((name, value) -> event.put(name, Double.isNaN(value) ? null : value));
    tables.forEach(table -> event.put("confusion_" + table.target(), table.event()));
    return event;
  }
}
