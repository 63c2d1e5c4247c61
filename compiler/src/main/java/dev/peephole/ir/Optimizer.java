package dev.peephole.ir;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A rule for one step, for one number of a parameter: a value with an axis is one number for each
 * of the parameter's, a value without one is the same for all.
 *
 * @param name what the library calls it
 * @param doc its documentation
 * @param options those of its options that change while training goes on
 * @param states what it remembers of each number
 * @param step from {@code parameter}, {@code gradient}, {@code step}, the options and the states
 *     before to the parameter and the states after, each with its {@link Role}
 */
public record Optimizer(
    String name, List<String> doc, List<Option> options, List<State> states, Function step) {
  public Optimizer {
    doc = List.copyOf(doc);
    options = List.copyOf(options);
    states = List.copyOf(states);
  }

  /**
   * A number that is remembered for each number of a parameter.
   *
   * @param initial what it is before the first step
   * @param before what it is before a step, in the equations
   * @param after what it is after the step
   */
  public record State(String name, double initial, Var before, Var after) {}

  /**
   * An option that changes while training goes on.
   *
   * @param value the number in the equations of the rule
   * @param schedule from what it asks of the run to the number
   * @param readings what that is, for each input of the schedule
   */
  public record Option(String name, Var value, Function schedule, List<Reading> readings) {
    public Option {
      readings = List.copyOf(readings);
    }

    /** The same option by equal equations. */
    public Option withSchedule(Function other) {
      return new Option(name, value, other, readings);
    }
  }

  /** The parameter before a step. */
  public Var parameter() {
    return step.inputs(Role.PARAMETER).get(0);
  }

  /** The parameter after the step. */
  public Var moved() {
    return step.outputs(Role.PARAMETER).get(0);
  }

  public Var gradient() {
    return step.inputs(Role.GRADIENT).get(0);
  }

  /** Which step it is, counted from 1. */
  public Var count() {
    return step.inputs(Role.STEP).get(0);
  }

  /** What a step changes: by what it is after it, what it is before. */
  public Map<Var, Var> changes() {
    Map<Var, Var> changes = new LinkedHashMap<>();
    changes.put(moved(), parameter());
    states.forEach(state -> changes.put(state.after, state.before));
    return changes;
  }

  /** All that it computes: the step, and the schedules of its options. */
  public List<Function> functions() {
    return Stream.concat(Stream.of(step), options.stream().map(Option::schedule)).toList();
  }

  /** The same rule by equal equations. */
  public Optimizer withStep(Function other) {
    List<Var> before = other.inputs(Role.STATE);
    List<Var> after = other.outputs(Role.STATE);
    List<State> same =
        IntStream.range(0, states.size())
            .mapToObj(
                i ->
                    new State(
                        states.get(i).name, states.get(i).initial, before.get(i), after.get(i)))
            .toList();
    return new Optimizer(name, doc, options, same, other);
  }

  /** The same rule with equal schedules. */
  public Optimizer withOptions(List<Option> other) {
    return new Optimizer(name, doc, other, states, step);
  }

  /** The same rule without the states and the options that no equation reads. */
  public Optimizer lean() {
    Set<Var> read = new HashSet<>();
    step.equations().forEach(e -> read.addAll(e.inputs()));
    List<State> kept = states.stream().filter(state -> read.contains(state.before)).toList();
    List<Option> asked = options.stream().filter(option -> read.contains(option.value)).toList();
    Map<Role, List<Var>> from = step.inputsByRole();
    from.put(Role.STATE, kept.stream().map(State::before).toList());
    from.put(Role.OPTION, asked.stream().map(Option::value).toList());
    Map<Role, List<Var>> to = step.outputsByRole();
    to.put(Role.STATE, kept.stream().map(State::after).toList());
    Function less = Function.of(step.name(), from, step.equations(), to);
    return new Optimizer(name, doc, asked, kept, less);
  }
}
