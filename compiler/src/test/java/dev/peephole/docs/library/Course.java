package dev.peephole.docs.library;

import dev.peephole.interpret.Scheduled;
import dev.peephole.ir.Optimizer;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.runtime.kernel.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a schedule makes of a rate of 0.1 in a run of 30 epochs with 10 steps each. */
final class Course {
  static final int EPOCHS = 30;
  private static final int STEPS = 10;

  /** Epochs in which the validation loss falls; it is level after them. */
  static final int FALLING = 6;

  /** Options with which so short a run shows what the schedule does. */
  private static final Map<String, Map<String, String>> SHOWN =
      Map.of(
          "exponential", ordered("factor", "0.85"),
          "polynomial", ordered("power", "2"),
          "warm_up", ordered("steps", "50"),
          "on_plateau", ordered("factor", "0.5", "patience", "5"));

  private Course() {}

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.put(pairs[i], pairs[i + 1]);
    }
    return all;
  }

  static Map<String, String> shown(String name) {
    return SHOWN.getOrDefault(name, Map.of());
  }

  /** The option that a schedule is the only one of. */
  static Optimizer.Option option(Application application) {
    Optional<Optimizer> optimizer = Pipeline.run(application.checked()).optimizer();
    return optimizer.orElseThrow().options().get(0);
  }

  static String svg(Application application) {
    Optimizer.Option rate = option(application);
    Moment now = new Moment();
    List<double[]> points = new ArrayList<>();
    for (int step = 0; step < EPOCHS * STEPS; step++) {
      int epoch = step / STEPS + 1;
      if (step % STEPS == 0 && epoch > 1) {
        now.measured(1.0 / Math.min(epoch, FALLING));
      }
      now.at(step + 1, epoch, step / (double) (EPOCHS * STEPS));
      points.add(new double[] {step / (double) STEPS, Scheduled.at(rate, now)});
    }
    return new Drawing(0, EPOCHS, 0, 0.11)
        .axes()
        .path("a", points)
        .ticks(List.of(0.0, 10.0, 20.0, 30.0), List.of(0.0, 0.05, 0.1))
        .svg("the course of a rate of 0.1 by " + application.callable().name().name());
  }
}
