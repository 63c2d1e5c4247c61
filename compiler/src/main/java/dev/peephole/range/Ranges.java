package dev.peephole.range;

import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Recurrence.State;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Between which numbers the values of a function lie, found by following its equations with
 * intervals in place of numbers (abstract interpretation; Cousot & Cousot, 1977). Each op says how.
 *
 * <p>The states of a recurrence, and those that layers keep, are followed until nothing changes;
 * ends that go on moving are given up.
 */
public final class Ranges {
  /** After so many rounds the ends of states that still move are given up. */
  private static final int PATIENCE = 3;

  private final Map<Var, Range> known = new HashMap<>();
  private final Map<Var, Equation> definitions = new HashMap<>();
  private final Set<Var> singular = new HashSet<>();

  private Ranges() {}

  /**
   * The ranges of all values of a function, those in the steps of its scans too.
   *
   * @param inputs what is known of its inputs; of others nothing is
   */
  public static Ranges of(Function function, Map<Var, Range> inputs) {
    Ranges ranges = new Ranges();
    function.inputs().forEach(v -> ranges.known.put(v, byType(v)));
    ranges.known.putAll(inputs);
    ranges.follow(function);
    return ranges;
  }

  /**
   * The same of a program whose layers keep states: these are followed from one step of training to
   * the next, from what they begin with.
   */
  public static Ranges of(Program program, Map<Var, Range> inputs) {
    Map<Var, Range> all = new HashMap<>(inputs);
    for (int i = 0; i < program.states().size(); i++) {
      Function first = program.states().get(i).initializer();
      all.put(program.kept().get(i).before(), of(first, Map.of()).of(first.outputs().get(0)));
    }
    int round = 0;
    while (true) {
      Ranges ranges = of(program.step(), all);
      boolean moved = false;
      round++;
      for (Program.Kept state : program.kept()) {
        Range after = ranges.further(state.before(), state.after(), round);
        moved |= !after.equals(all.put(state.before(), after));
      }
      if (!moved) {
        return ranges;
      }
    }
  }

  /** What is known of the states of a program's layers, in their order. */
  public static List<Range> ofStates(Program program) {
    Ranges ranges = of(program, Map.of());
    return program.kept().stream().map(state -> ranges.of(state.before())).toList();
  }

  /** What is known of a state that has been followed for some rounds. */
  private Range further(Var state, Var next, int round) {
    Range before = of(state);
    return round > PATIENCE ? before.widened(of(next)) : before.join(of(next));
  }

  /** What a value's type says. */
  private static Range byType(Var var) {
    return switch (var.element()) {
      case REAL -> Range.ANY;
      case LABEL -> Range.closed(0, var.classes() - 1);
      case TRUTH -> Range.TRUTH;
      case COUNT -> Range.from(1);
    };
  }

  /** The range of a value. */
  public Range of(Var var) {
    return known.getOrDefault(var, Range.ANY);
  }

  /**
   * Whether a value may be infinite or no number, or have such a derivative, though what the
   * function is given is finite.
   */
  public boolean isSingular(Var var) {
    return singular.contains(var);
  }

  /** The equation that computes a value, {@code null} for an input. */
  public Equation definition(Var var) {
    return definitions.get(var);
  }

  /** What the rules of an equation's op have at hand. */
  Ranging ranging(Equation equation) {
    return new Ranging(equation, this::of, definitions::get);
  }

  private void follow(Function function) {
    for (Equation equation : function.equations()) {
      equation.outs().forEach(out -> definitions.put(out, equation));
      if (equation.op() instanceof Scan scan) {
        scan(equation, scan);
      } else {
        Ranging ranging = ranging(equation);
        known.put(equation.out(), equation.op().range(ranging));
        if (equation.op().singular(ranging)
            || equation.inputs().stream().anyMatch(this::isSingular)) {
          markSingular(equation.out());
        }
      }
    }
  }

  /** What is true or false is neither infinite nor no number. */
  private void markSingular(Var var) {
    if (var.element() != Element.TRUTH) {
      singular.add(var);
    }
  }

  private void scan(Equation equation, Scan scan) {
    Recurrence parts = Recurrence.of(equation);
    parts.states().forEach(state -> same(state.initial(), state.before()));
    parts.given().forEach(input -> same(input.given(), input.formal()));
    int round = 0;
    boolean moved = true;
    while (moved) {
      follow(scan.step());
      moved = false;
      round++;
      for (State state : parts.states()) {
        Range after = further(state.before(), state.after(), round);
        moved |= !after.equals(of(state.before()));
        moved |= isSingular(state.after()) && singular.add(state.before());
        known.put(state.before(), after);
      }
    }
    parts.all().forEach(result -> same(result.each(), result.all()));
  }

  /** What is known of a value holds for another, too. */
  private void same(Var value, Var other) {
    known.put(other, of(value));
    if (isSingular(value)) {
      singular.add(other);
    }
  }
}
