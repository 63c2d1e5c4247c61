package dev.peephole.check;

import dev.peephole.check.evaluate.Context;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Reading;
import dev.peephole.ir.Renaming;
import dev.peephole.ir.Role;
import dev.peephole.ir.Var;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.runtime.kernel.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the equations that compute the options of an optimizer of where the run is, and are the
 * same for all numbers of a step, from those of one number of a parameter.
 */
final class Schedules {
  /** A run is looked at in so many of its moments. */
  private static final int MOMENTS = 400;

  /** How many steps an epoch may have, as nobody knows before the data are there. */
  private static final int[] STEPS = {1, 32, 1000};

  private final List<Equation> equations;
  private final List<Reading> readings;
  private final Set<Var> known = new LinkedHashSet<>();

  /**
   * @param equations all that an optimizer computes
   * @param given how many of them, the first ones, compute what options are given
   * @param readings what they ask of the run
   */
  Schedules(List<Equation> equations, int given, List<Reading> readings) {
    this.equations = equations;
    this.readings = readings;
    Set<Var> constants = new HashSet<>();
    readings.forEach(reading -> known.add(reading.value()));
    for (Equation e : equations.subList(0, given)) {
      if (e.out().shape().rank() == 0 && constants.containsAll(e.inputs())) {
        constants.add(e.out());
      } else if (e.out().shape().rank() == 0
          && e.inputs().stream().anyMatch(known::contains)
          && e.inputs().stream().allMatch(v -> known.contains(v) || constants.contains(v))) {
        known.add(e.out());
      }
    }
  }

  /** The equations that some values need, in their order, if these are given. */
  private List<Equation> needed(Set<Var> wanted, Set<Var> given) {
    Set<Var> open = new HashSet<>(wanted);
    List<Equation> needed = new ArrayList<>();
    for (int i = equations.size() - 1; i >= 0; i--) {
      Equation e = equations.get(i);
      if (open.contains(e.out()) && !given.contains(e.out())) {
        needed.add(0, e);
        open.addAll(e.inputs());
      }
    }
    return needed;
  }

  /** What a step computes for a number of a parameter. */
  List<Equation> step(List<Var> results) {
    return needed(new HashSet<>(results), known);
  }

  /** What such equations read of what the run alone decides, in the order computed. */
  List<Optimizer.Option> options(List<Equation> step, Renaming renaming) {
    Set<Var> read = new HashSet<>();
    step.forEach(e -> read.addAll(e.inputs()));
    return known.stream().filter(read::contains).map(value -> option(value, renaming)).toList();
  }

  private Optimizer.Option option(Var value, Renaming renaming) {
    List<Equation> computing = needed(Set.of(value), Set.of());
    Set<Var> asked = new HashSet<>(Set.of(value));
    computing.forEach(e -> asked.addAll(e.inputs()));
    List<Reading> of = readings.stream().filter(r -> asked.contains(r.value())).toList();
    Var named = renaming.apply(value);
    String name = named.name().isEmpty() ? "scheduled" : named.name();
    Function schedule =
        Function.of(
            name,
            Map.of(Role.STEP, of.stream().map(Reading::value).toList()),
            computing,
            Map.of(Role.OPTION, List.of(value)));
    return new Optimizer.Option(name, named, renaming.apply(schedule), of);
  }

  /**
   * Says of what must hold at all times of a run that it does not, if it does not however many
   * steps an epoch has.
   */
  Optional<Diagnostic> broken(Context.Demand demand, int epochs) {
    List<Equation> computing = needed(Set.of(demand.holds()), Set.of());
    for (int k = 0; k < MOMENTS; k++) {
      boolean always = true;
      for (int steps : STEPS) {
        always &= number(demand.holds(), computing, moment(k, epochs, steps)) == 0;
      }
      if (always) {
        return Optional.of(told(demand, computing, moment(k, epochs, STEPS[0]), epochs));
      }
    }
    return Optional.empty();
  }

  private static Moment moment(int k, int epochs, int steps) {
    long all = (long) epochs * steps;
    long before = k * all / MOMENTS;
    return Moment.of(before + 1, (int) (before / steps) + 1, (double) before / all);
  }

  private Diagnostic told(
      Context.Demand demand, List<Equation> computing, Moment moment, int epochs) {
    List<String> values = new ArrayList<>();
    demand
        .values()
        .forEach(
            (name, var) ->
                values.add(name + " is " + Constant.text((float) number(var, computing, moment))));
    return demand
        .broken()
        .note(
            "in epoch %s of %s, %s"
                .formatted(moment.epoch(), epochs, String.join(" and ", values)));
  }

  private double number(Var wanted, List<Equation> computing, Moment moment) {
    Map<Var, Double> numbers = new HashMap<>();
    readings.forEach(r -> numbers.put(r.value(), r.quantity().at(moment)));
    for (Equation e : computing) {
      numbers.put(e.out(), number(e, numbers));
    }
    return numbers.get(wanted);
  }

  private static double number(Equation e, Map<Var, Double> numbers) {
    if (e.op() instanceof Constant constant) {
      return constant.value();
    }
    double[] inputs = e.inputs().stream().mapToDouble(numbers::get).toArray();
    return e.op() instanceof Elementwise op ? op.reference(inputs) : inputs[0];
  }
}
