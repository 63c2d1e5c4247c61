package dev.peephole.docs.library;

import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The equations of an application, as the compiler prints them.
 *
 * @param forward what it computes
 * @param backward the gradients; none for initializers and optimizers
 */
record Formulas(List<Line> forward, List<Line> backward) {

  static Formulas of(Application application) {
    Program checked = application.checked();
    return switch (application.callable().kind()) {
      case INITIALIZER -> new Formulas(initializer(Pipeline.run(checked)), List.of());
      case OPTIMIZER -> new Formulas(optimizer(Pipeline.run(checked)), List.of());
      default ->
          Application.isSchedule(application.callable())
              ? new Formulas(schedule(application), List.of())
              : Derivation.of(checked).formulas();
    };
  }

  private static List<Line> initializer(Program program) {
    String name = program.weights().get(0).name();
    return Line.of(
        Pipeline.initializer(program.parameters().get(0).initializer(), name).kernels(),
        kernel -> Set.of());
  }

  private static List<Line> optimizer(Program program) {
    Optimizer optimizer = program.optimizer().orElseThrow();
    return Line.of(
        Pipeline.optimizer(optimizer, Optimization.of(Style.TEXTBOOK)).kernels(),
        kernel -> Set.of());
  }

  private static List<Line> schedule(Application application) {
    return Line.of(
        Pipeline.schedule(Course.option(application), Optimization.of(Style.TEXTBOOK)).kernels(),
        kernel -> Set.of());
  }

  /** The lines that differ from those of another application of the declaration. */
  Formulas without(Formulas other) {
    return new Formulas(changed(forward, other.forward), changed(backward, other.backward));
  }

  private static List<Line> changed(List<Line> now, List<Line> before) {
    Set<String> known = before.stream().map(Line::formula).collect(Collectors.toSet());
    return now.stream().filter(line -> !known.contains(line.formula())).toList();
  }

  /** The values that another application has and this one has not. */
  List<String> gone(Formulas other) {
    Set<String> here = values().stream().collect(Collectors.toSet());
    return other.values().stream().filter(name -> !here.contains(name)).distinct().toList();
  }

  private List<String> values() {
    List<String> all = new ArrayList<>();
    forward.forEach(line -> all.add(line.value()));
    backward.forEach(line -> all.add(line.value()));
    return all;
  }

  boolean isEmpty() {
    return forward.isEmpty() && backward.isEmpty();
  }
}
