package dev.peephole.range;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Hazard;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Range;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.source.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Warns of what the ranges of a network's values show. */
public final class Doubts {
  private final Ranges ranges;
  private final Diagnostics diagnostics;

  private Doubts(Ranges ranges, Diagnostics diagnostics) {
    this.ranges = ranges;
    this.diagnostics = diagnostics;
  }

  /** The ranges of a program's values, whatever its inputs and parameters are. */
  public static Ranges ranges(Program program) {
    Map<Var, Range> free = new HashMap<>();
    program.weights().forEach(w -> free.put(w, Range.ANY.with(Range.Spread.FREE)));
    return Ranges.of(program, free);
  }

  /**
   * Reports the expectations that fail, and the ops that are hardly meant for their inputs.
   *
   * @param program as it was checked, before any pass
   */
  public static void report(
      Program program, List<Expectation> expectations, Diagnostics diagnostics) {
    Doubts doubts = new Doubts(ranges(program), diagnostics);
    Set<Var> told = new HashSet<>();
    for (Expectation expectation : expectations) {
      Range range = doubts.ranges.of(expectation.value());
      if (expectation.failsFor(range) && told.add(expectation.value())) {
        diagnostics.report(doubts.placed(expectation.warning(), expectation.value()));
      }
    }
    doubts.hazards(program.step(), told);
    Trained trained = new Trained(program);
    doubts.constants(program.step(), trained);
    doubts.comparisons(program, trained);
  }

  /** Values that are always the same number though they are computed from trained parameters. */
  private void constants(Function function, Trained trained) {
    for (Equation equation : function.equations()) {
      if (equation.op() instanceof Scan scan) {
        constants(scan.step(), trained);
      } else if (becomesConstant(equation, trained)) {
        equation.inputs().stream()
            .filter(x -> x.real() && trained.contains(x))
            .findFirst()
            .ifPresent(x -> reportConstant(equation, x));
      }
    }
  }

  /** What is made of a constant is one too, and has been told of where that is made. */
  private boolean becomesConstant(Equation equation, Trained trained) {
    return ranges.of(equation.out()).isPoint()
        && equation.inputs().stream()
            .noneMatch(x -> x.real() && trained.contains(x) && ranges.of(x).isPoint());
  }

  private void reportConstant(Equation equation, Var input) {
    String number = Constant.text(ranges.of(equation.out()).low());
    String message = "this is " + number + " whatever is trained, and no gradient goes through it";
    place(equation)
        .map(place -> placed(Diagnostic.warning(Code.FLAT, place, message), input))
        .map(
            warning -> warning.hint("leave it out, or apply it to what comes to both of its sides"))
        .ifPresent(diagnostics::report);
  }

  /** Differences of a target and a prediction of another shape, one of which is repeated. */
  private void comparisons(Program program, Trained trained) {
    for (Equation equation : program.step().equations()) {
      if (equation.op() != Elementwise.SUBTRACT) {
        continue;
      }
      Var left = once(equation.input(0));
      Var right = once(equation.input(1));
      boolean compared =
          program.targets().contains(left) && predicts(right, trained)
              || program.targets().contains(right) && predicts(left, trained);
      if (compared && !left.shape().equals(right.shape())) {
        String note =
            "%s and %s: what has fewer axes is repeated along the others"
                .formatted(left.type().describe(), right.type().describe());
        String message = "a target and a value of another shape are compared";
        place(equation)
            .map(place -> Diagnostic.warning(Code.BROADCAST, place, message).note(note))
            .map(w -> w.hint("make both of one shape: last(…), a dense layer, or another target"))
            .ifPresent(diagnostics::report);
      }
    }
  }

  private static boolean predicts(Var var, Trained trained) {
    return var.shape().batched() && trained.contains(var);
  }

  /** The value that was repeated to make this one, or this one. */
  private Var once(Var var) {
    Equation made = ranges.definition(var);
    return made != null && made.op() instanceof Broadcast ? made.input(0) : var;
  }

  private void hazards(Function function, Set<Var> told) {
    Set<Var> guarded = guarded(function);
    for (Equation equation : function.equations()) {
      if (equation.op() instanceof Scan scan) {
        hazards(scan.step(), told);
      } else if (!guarded.contains(equation.out())) {
        equation
            .op()
            .hazard(ranges.ranging(equation))
            .filter(hazard -> told.add(equation.input(hazard.input())))
            .ifPresent(hazard -> report(equation, hazard));
      }
    }
  }

  private void report(Equation equation, Hazard hazard) {
    place(equation)
        .map(place -> Diagnostic.warning(Code.DOMAIN, place, hazard.message()))
        .map(warning -> placed(warning, equation.input(hazard.input())).hint(hazard.hint()))
        .ifPresent(diagnostics::report);
  }

  /** The values that are read only where a condition asks for them. */
  private Set<Var> guarded(Function function) {
    Set<Var> open = new HashSet<>(function.outputs());
    for (int i = function.equations().size() - 1; i >= 0; i--) {
      Equation equation = function.equations().get(i);
      boolean chosen = equation.op() == Elementwise.WHERE && compares(equation.input(0));
      boolean closed = equation.op() instanceof Op.Pointwise && !open.contains(equation.out());
      if (!closed) {
        open.addAll(chosen ? equation.inputs().subList(0, 1) : equation.inputs());
      }
    }
    Set<Var> guarded = new HashSet<>();
    function.equations().forEach(e -> guarded.addAll(e.outs()));
    guarded.removeAll(open);
    return guarded;
  }

  /** Whether a condition is one of the model's own, and none that leaves padding out. */
  private boolean compares(Var condition) {
    Equation made = ranges.definition(condition);
    while (made != null && made.op() instanceof Broadcast) {
      made = ranges.definition(made.input(0));
    }
    return made != null && made.op() instanceof Elementwise;
  }

  /** The warning with the place where a value is made, and what is known of it. */
  private Diagnostic placed(Diagnostic warning, Var value) {
    String known = describe(ranges.of(value));
    Equation made = ranges.definition(value);
    while (made != null && (made.op() instanceof Broadcast || made.op() instanceof Op.View)) {
      made = ranges.definition(made.input(0));
    }
    return Optional.ofNullable(made)
        .flatMap(Doubts::place)
        .filter(place -> !place.equals(warning.span()))
        .map(place -> warning.and(place, "this " + known))
        .orElseGet(() -> warning.note("what it is given " + known));
  }

  /** Where the user's files say an equation. */
  public static Optional<Span> place(Equation equation) {
    return equation.origin().written().stream().findFirst().map(Origin.Written::model);
  }

  /** What is known of a value, as messages say it. */
  public static String describe(Range range) {
    boolean below = Double.isFinite(range.low());
    boolean above = Double.isFinite(range.high());
    String low = Constant.text(range.low());
    String high = Constant.text(range.high());
    if (range.isPoint()) {
      return "is always " + low;
    } else if (below && above) {
      return "lies between " + low + " and " + high;
    } else if (below) {
      return "can be any number "
          + (range.lowIn() ? "from " : "above ")
          + low
          + (range.lowIn() ? " on" : "");
    } else if (above) {
      return "can be any number " + (range.highIn() ? "up to " : "below ") + high;
    }
    return "can be any number";
  }
}
