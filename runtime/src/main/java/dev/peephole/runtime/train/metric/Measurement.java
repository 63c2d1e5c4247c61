package dev.peephole.runtime.train.metric;

import java.util.Map;

/**
 * What was measured over a part of the data.
 *
 * @param loss the mean over the examples
 * @param metrics by name, in the order of the plan
 */
public record Measurement(double loss, Map<String, Double> metrics) {}
