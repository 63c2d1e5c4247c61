package dev.peephole.runtime.train.progress;

import dev.peephole.runtime.train.metric.Measurement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came out of an epoch.
 *
 * @param number counted from 1
 * @param steps how many steps the run has had when it is over
 * @param loss the mean over the training examples, each before the step that it took part in
 * @param validation absent if there is no validation part
 * @param clipped the share of its steps whose gradients were clipped; absent if there is no limit,
 *     or nobody counts
 * @param scheduled what the optimizer's options that change came to in its last step
 * @param seconds the whole epoch
 * @param rate training examples a second, the validation left aside
 */
public record Epoch(
    int number,
    long steps,
    double loss,
    Optional<Measurement> validation,
    OptionalDouble clipped,
    Map<String, Double> scheduled,
    double seconds,
    double rate) {

  /** The event for logs. */
  public Map<String, Object> event() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "epoch");
    event.put("epoch", number);
    event.put("loss", loss);
    validation.ifPresent(measured -> event.put("validation_loss", measured.loss()));
    event.putAll(scheduled);
    event.put("seconds", seconds);
    event.put("examples_per_second", rate);
    validation.ifPresent(measured -> event.putAll(measured.event()));
    return event;
  }
}
