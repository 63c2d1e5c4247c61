package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.batch.TrainingData;
import dev.peephole.runtime.train.divergence.Diagnosis;
import dev.peephole.runtime.train.divergence.Remedy;
import dev.peephole.runtime.train.metric.ConfusionTable;
import dev.peephole.runtime.train.metric.Measurement;
import dev.peephole.runtime.train.metric.Metric;
import dev.peephole.runtime.train.metric.Metrics;
import dev.peephole.runtime.train.output.Weights;
import dev.peephole.runtime.train.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures loss and metrics of a model over a part of the data, a batch at a time. */
final class Measuring {
  private final Model model;
  private final Plan plan;
  private final List<Metric> metrics;
  private final Diagnosis diagnosis;

  /**
   * What a plan measures; the model has room for its batches.
   *
   * @param about how targets were scaled, and what their classes are called
   */
  Measuring(Model model, Plan plan, Weights about, Diagnosis diagnosis) {
    this.model = model;
    this.plan = plan;
    this.metrics = Metrics.of(plan.metrics(), model, about.labelNames(), about.scalings());
    this.diagnosis = diagnosis;
  }

  /**
   * Goes through the part once, in order, without noise.
   *
   * @param when what the error says of the time if the loss is not finite
   * @param pause what may come between two batches
   */
  Measurement measure(Part part, String when, Session.Pause pause) {
    Feed feed = new Feed(part.examples(), model, TrainingData.tensors(model));
    metrics.forEach(Metric::clear);
    model.mode().evaluate();
    double sum = 0;
    Batches batches = Batches.measuring(part, plan);
    for (int b = 0; b < batches.count(); b++) {
      int n = batches.size(b);
      feed.fill(batches, b);
      double loss = model.loss(n);
      if (!Double.isFinite(loss)) {
        throw diagnosis.explain(loss, n, when, Remedy.RATE);
      }
      sum += loss * n;
      if (!metrics.isEmpty()) {
        model.predict(n);
        metrics.forEach(metric -> metric.add(n));
      }
      model.carry(n);
      pause.wanted().ifPresent(Runnable::run);
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    List<ConfusionTable> tables = new ArrayList<>();
    for (Metric metric : metrics) {
      List<Double> values = metric.values();
      for (int k = 0; k < values.size(); k++) {
        figures.put(metric.names().get(k), values.get(k));
      }
      metric.table().ifPresent(tables::add);
    }
    return new Measurement(sum / part.rows().length, figures, tables);
  }
}
