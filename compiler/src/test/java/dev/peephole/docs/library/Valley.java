package dev.peephole.docs.library;

import dev.peephole.interpret.Interpreter;
import dev.peephole.interpret.Scheduled;
import dev.peephole.ir.Optimizer;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.runtime.kernel.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The way of an optimizer down the valley f = x² + 10 y², which is ten times as steep across as it
 * is along: the interpreter computes the optimizer's step for both numbers.
 */
final class Valley {
  /** How many steps are shown. */
  static final int STEPS = 40;

  private static final double[] START = {-3, 1};
  private static final List<String> STYLES = List.of("a", "b", "c");

  /** Options with which so many steps show what the optimizer does; its usual ones are careful. */
  private static final Map<String, List<Map<String, String>>> SHOWN =
      Map.of(
          "sgd",
              List.of(
                  Map.of("rate", "0.04"),
                  ordered("rate", "0.04", "momentum", "0.7"),
                  ordered("rate", "0.04", "momentum", "0.7", "nesterov", "true")),
          "adagrad", List.of(Map.of("rate", "0.5")),
          "rmsprop", List.of(Map.of("rate", "0.1"), ordered("rate", "0.04", "momentum", "0.7")),
          "adadelta", List.of(Map.of("rate", "1.0"), Map.of("rate", "30.0")),
          "adam", List.of(Map.of("rate", "0.2")),
          "adamw", List.of(Map.of("rate", "0.2"), ordered("rate", "0.2", "decay", "0.5")),
          "nadam", List.of(Map.of("rate", "0.2")));

  private Valley() {}

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.put(pairs[i], pairs[i + 1]);
    }
    return all;
  }

  /** The options of the ways that are drawn. */
  static List<Map<String, String>> shown(String name) {
    return SHOWN.getOrDefault(name, List.of(Map.of()));
  }

  /** Where an optimizer is before its first step and after each of them. */
  static List<double[]> way(Application application) {
    Optimizer optimizer = Pipeline.run(application.checked()).optimizer().orElseThrow();
    List<double[]> way = new ArrayList<>(List.of(START));
    List<double[]> now = new ArrayList<>(List.of(START));
    optimizer.states().forEach(s -> now.add(new double[] {s.initial(), s.initial()}));
    for (int step = 1; step <= STEPS; step++) {
      double[] at = now.get(0);
      double[] gradient = {2 * at[0], 20 * at[1]};
      List<double[]> states = List.copyOf(now.subList(1, now.size()));
      List<double[]> inputs = Scheduled.inputs(optimizer, at, gradient, Moment.of(step), states);
      List<double[]> after = new Interpreter(2, 0).run(optimizer.step(), inputs);
      now.clear();
      now.addAll(after);
      way.add(after.get(0));
    }
    return way;
  }

  /** The picture of some ways. */
  static String svg(List<Application> applications) {
    Drawing drawing = new Drawing(-3.4, 1.4, -1.3, 1.3).axes();
    for (double height : List.of(0.25, 1.0, 3.0, 6.0, 10.0, 15.0)) {
      drawing.ellipse(0, 0, Math.sqrt(height), Math.sqrt(height / 10));
    }
    for (int i = 0; i < applications.size(); i++) {
      drawing.path(STYLES.get(i), way(applications.get(i)));
    }
    return drawing
        .ticks(List.of(-3.0, -2.0, -1.0, 0.0, 1.0), List.of(-1.0, 0.0, 1.0))
        .svg("the way of " + applications.get(0).callable().name().name() + " down a valley");
  }
}
