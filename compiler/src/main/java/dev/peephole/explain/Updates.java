package dev.peephole.explain;

import dev.peephole.explain.Trace.Remembered;
import dev.peephole.explain.Trace.Role;
import dev.peephole.explain.Trace.UpdateLine;
import dev.peephole.ir.Program.Optimizer;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Schedule;
import dev.peephole.kernel.Style;
import dev.peephole.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what an optimizer does with one number of a parameter, as data that a page can compute
 * with.
 */
final class Updates {
  private final Optimizer optimizer;
  private final Schedule schedule;
  private final Values values;
  private final Computations computations;

  Updates(Optimizer optimizer, Values values, Computations computations) {
    this.optimizer = optimizer;
    this.schedule = Pipeline.optimizer(optimizer.step(), Optimization.of(Style.TEXTBOOK));
    this.values = values;
    this.computations = computations;
  }

  /** The update; its values join those of the page. */
  Trace.Update update() {
    List<Integer> inputs = new ArrayList<>();
    for (Var input : optimizer.step().inputs()) {
      inputs.add(values.remembered(input, Role.GIVEN));
    }
    List<UpdateLine> lines = new ArrayList<>();
    for (Kernel kernel : schedule.kernels()) {
      for (Kernel.Statement statement : ((Kernel.Loop) kernel).body()) {
        lines.add(line(statement));
      }
    }
    List<Remembered> states = new ArrayList<>();
    int first = inputs.size() - optimizer.states().size();
    for (int i = 0; i < optimizer.states().size(); i++) {
      states.add(new Remembered(inputs.get(first + i), optimizer.states().get(i).initial()));
    }
    return new Trace.Update(optimizer.name(), inputs.subList(0, first), states, lines);
  }

  private UpdateLine line(Kernel.Statement statement) {
    int value = values.remembered(statement.out(), Role.VALUE);
    Caption.Equality formula =
        statement.captions().stream()
            .flatMap(caption -> caption.equality().stream())
            .reduce((before, last) -> last)
            .orElseThrow();
    return new UpdateLine(
        value,
        MathMl.of(formula, var -> values.remembered(var, Role.VALUE)),
        formula.text(),
        computations.number(statement.value()));
  }
}
