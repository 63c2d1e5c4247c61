package dev.peephole.check.plan;

import dev.peephole.check.evaluate.Context;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Program;
import dev.peephole.ir.Range;
import dev.peephole.ir.TrainingPlan;
import dev.peephole.ir.TrainingPlan.Argument;
import dev.peephole.ir.Var;
import dev.peephole.op.Constant;
import dev.peephole.range.Doubts;
import dev.peephole.range.Ranges;
import dev.peephole.source.Span;
import dev.peephole.syntax.Ident;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Outputs that cannot come to where their targets are: warned of where the plan alone says so, and
 * written down for the trainer, which knows the data, where it does not.
 */
final class Reaches {
  private final Program program;
  private final Context context;
  private final Ranges ranges;
  private final Set<Var> told = new HashSet<>();

  Reaches(Program program, Context context) {
    this.program = program;
    this.context = context;
    this.ranges = Doubts.ranges(program);
  }

  /** The target is scaled to mean 0 and variance 1: it has both signs, and goes beyond 1 or −1. */
  void standardized(Ident name) {
    answer(name)
        .filter(
            output -> {
              Range range = ranges.of(output);
              return range.low() >= 0 || range.high() <= 0 || range.isWithin(Range.closed(-1, 1));
            })
        .ifPresent(output -> warn(name, output, "has mean 0 and variance 1"));
  }

  /** The target is scaled so that both numbers are among its own. */
  void rescaled(Ident name, double low, double high) {
    String lies = "goes from " + Constant.text(low) + " to " + Constant.text(high);
    answer(name)
        .filter(output -> low < ranges.of(output).low() || high > ranges.of(output).high())
        .ifPresent(output -> warn(name, output, lies));
  }

  private void warn(Ident name, Var output, String lies) {
    if (told.add(output)) {
      Span made = Doubts.place(ranges.definition(output)).orElseThrow();
      context.report(
          Diagnostic.warning(
                  Code.REACH, name.span(), "no training brings the output to where its target is")
              .labelled(name.name() + " " + lies)
              .and(made, output.name() + " " + Doubts.describe(ranges.of(output)))
              .hint(hint(name, ranges.of(output))));
    }
  }

  private static String hint(Ident name, Range range) {
    String function = "leave out the function that the output ends with";
    return range.isBounded()
        ? "%s, or say: rescale %s to %s .. %s"
            .formatted(
                function, name.name(), Constant.text(range.low()), Constant.text(range.high()))
        : function + ", or leave " + name.name() + " as it is in the data";
  }

  /** The output that answers a target, if it is one of numbers of the same shape. */
  private Optional<Var> answer(Ident target) {
    List<Var> targets = program.targets();
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i).name().equals(target.name())) {
        return answer(i);
      }
    }
    return Optional.empty();
  }

  private Optional<Var> answer(int target) {
    int place = program.answers().indexOf(target);
    if (place < 0) {
      return Optional.empty();
    }
    Var output = program.step().outputs().get(place);
    Var wanted = program.targets().get(target);
    boolean fits = wanted.real() && wanted.shape().equals(output.shape());
    return fits && ranges.definition(output) != null ? Optional.of(output) : Optional.empty();
  }

  /** What the trainer is to compare with the data. */
  List<TrainingPlan.Clause> clauses() {
    List<TrainingPlan.Clause> clauses = new ArrayList<>();
    for (int i = 0; i < program.targets().size(); i++) {
      Var target = program.targets().get(i);
      answer(i)
          .filter(output -> !told.contains(output))
          .filter(output -> !ranges.of(output).isEverything())
          .ifPresent(output -> clauses.add(clause(output, target)));
    }
    return clauses;
  }

  private TrainingPlan.Clause clause(Var output, Var target) {
    Range range = ranges.of(output);
    String place = Doubts.place(ranges.definition(output)).map(Span::place).orElse("");
    return new TrainingPlan.Clause(
        "reach",
        Stream.<Object>of(output.name(), target.name(), range.low(), range.high(), place)
            .map(value -> (Argument) new Argument.Literal(value))
            .toList());
  }
}
