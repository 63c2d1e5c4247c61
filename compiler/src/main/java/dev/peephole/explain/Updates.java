package dev.peephole.explain;

import dev.peephole.explain.Trace.Remembered;
import dev.peephole.explain.Trace.Role;
import dev.peephole.explain.Trace.UpdateLine;
import dev.peephole.interpret.Scheduled;
import dev.peephole.ir.Optimizer;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.kernel.Update;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.runtime.kernel.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes what an optimizer does with one number of a parameter, as data that a page can compute
 * with.
 */
final class Updates {
  private final Update update;
  private final Values values;
  private final Computations computations;

  Updates(Optimizer optimizer, Values values, Computations computations) {
    this.update = Pipeline.optimizer(optimizer, Optimization.of(Style.TEXTBOOK));
    this.values = values;
    this.computations = computations;
  }

  /**
   * The update, if it is a matter of one number; its values join those of the page.
   *
   * @param parameters the places of those that it is for, among all values
   */
  Optional<Trace.Update> update(List<Integer> parameters) {
    if (update.sums()) {
      return Optional.empty();
    }
    Optimizer rule = update.rule();
    List<Integer> given =
        Stream.of(rule.parameter(), rule.gradient(), rule.count())
            .map(input -> values.remembered(input, Role.GIVEN))
            .toList();
    List<Remembered> begins = new ArrayList<>();
    for (Optimizer.Option option : rule.options()) {
      double first = Scheduled.at(option, new Moment());
      begins.add(new Remembered(values.remembered(option.value(), Role.GIVEN), first));
    }
    for (Optimizer.State state : rule.states()) {
      begins.add(new Remembered(values.remembered(state.before(), Role.GIVEN), state.initial()));
    }
    List<UpdateLine> lines = new ArrayList<>();
    for (Kernel kernel : update.kernels()) {
      for (Kernel.Statement statement : ((Kernel.Loop) kernel).body()) {
        lines.add(line(statement));
      }
    }
    return Optional.of(new Trace.Update(rule.name(), parameters, given, begins, lines));
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
