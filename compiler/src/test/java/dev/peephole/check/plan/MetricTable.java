package dev.peephole.check.plan;

import dev.peephole.runtime.train.metric.Metrics;
import java.util.stream.Collectors;

/** The metrics that plans may ask for, as a table in Markdown. */
public final class MetricTable {
  private MetricTable() {}

  /** A row a metric. */
  public static String text() {
    return "| metric | is |\n|---|---|\n"
        + Metrics.kinds().stream()
            .map(kind -> "| `%s` | %s |\n".formatted(kind.example(), kind.says()))
            .collect(Collectors.joining());
  }
}
