package dev.peephole.explain;

import dev.peephole.explain.Trace.Role;
import dev.peephole.explain.Trace.Value;
import dev.peephole.ir.Program;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of a network, numbered, and which equations compute them. */
final class Values {
  private final List<Var> vars = new ArrayList<>();
  private final List<Role> roles = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Integer> loops = new ArrayList<>();
  private final Map<Var, Integer> numbers = new HashMap<>();
  private final Map<Integer, Integer> computed = new HashMap<>();
  private final Map<Integer, Integer> sameAs = new HashMap<>();

  /** What a network is given. */
  Values(Program program) {
    program.inputs().forEach(var -> given(var, Role.INPUT, "input"));
    program.targets().forEach(var -> given(var, Role.TARGET, "target"));
    for (int i = 0; i < program.weights().size(); i++) {
      Program.Parameter parameter = program.parameters().get(i);
      String note = parameter.path() + ", at first " + parameter.formula();
      given(program.weights().get(i), Role.PARAMETER, note);
    }
    for (int i = 0; i < program.states().size(); i++) {
      Program.Parameter state = program.states().get(i);
      String note = state.path() + ", kept from step to step, at first " + state.formula();
      given(program.kept().get(i).before(), Role.GIVEN, note);
    }
    program.lengths().ifPresent(v -> given(v, Role.GIVEN, "the time steps of each example"));
    program.continues().ifPresent(v -> given(v, Role.GIVEN, "whether an example continues one"));
    program
        .carried()
        .forEach(c -> given(c.state(), Role.GIVEN, "the state that an example begins with"));
  }

  private void given(Var var, Role role, String note) {
    add(var, role, note, -1);
  }

  private int add(Var var, Role role, String note, int loop) {
    vars.add(var);
    roles.add(role);
    notes.add(note);
    loops.add(loop);
    numbers.put(var, vars.size() - 1);
    return vars.size() - 1;
  }

  /** The number of an optimizer's value, which passes may have given another name. */
  int remembered(Var var, Role role) {
    for (int i = 0; i < vars.size(); i++) {
      if (vars.get(i).is(var)) {
        numbers.put(var, i);
        return i;
      }
    }
    return add(var, role, "", -1);
  }

  /** The number of a value. */
  int number(Var var) {
    Integer number = numbers.get(var);
    if (number == null) {
      throw new IllegalArgumentException("unknown: " + var);
    }
    return number;
  }

  /**
   * What an equation computes.
   *
   * @param loop the recurrence that it stands in, −1 if none
   */
  int computed(Var var, int equation, boolean backward, int loop) {
    int number = numbers.containsKey(var) ? number(var) : add(var, role(backward), "", loop);
    computed.putIfAbsent(number, equation);
    return number;
  }

  /** The same numbers under another name, or in another shape. */
  void same(Var var, Var as, boolean backward, int loop) {
    int number = add(var, role(backward), "", loop);
    sameAs.put(number, number(as));
  }

  /**
   * The values that the step of a recurrence is given: what is the same at all steps is one.
   *
   * @param loop the number of the recurrence
   */
  void enter(Recurrence recurrence, boolean backward, int loop) {
    String when = recurrence.reversed() ? " of the time step behind" : " of the time step before";
    for (Recurrence.State state : recurrence.states()) {
      add(state.before(), role(backward), state.after().name() + when, loop);
    }
    for (Recurrence.Input sequence : recurrence.sequences()) {
      int all = number(sequence.given());
      sameAs.put(add(sequence.formal(), roles.get(all), "at one time step", loop), all);
    }
    for (Recurrence.Input constant : recurrence.constants()) {
      numbers.put(constant.formal(), number(constant.given()));
    }
  }

  private static Role role(boolean backward) {
    return backward ? Role.GRADIENT : Role.VALUE;
  }

  /**
   * The sequences that a recurrence leaves, and what its states before a step were.
   *
   * @param around the recurrence that this one stands in, −1 if none
   */
  void leave(Recurrence recurrence, boolean backward, int around) {
    for (Recurrence.State state : recurrence.states()) {
      sameAs.put(number(state.before()), number(state.after()));
      leave(state.result(), backward, around);
    }
    recurrence.results().forEach(result -> leave(result, backward, around));
  }

  private void leave(Recurrence.Result result, boolean backward, int around) {
    int all = add(result.all(), role(backward), "at all time steps", around);
    sameAs.put(all, number(result.each()));
  }

  /** The equation that a value comes from, −1 if it is given. */
  int equation(int value) {
    int at = value;
    for (int hops = 0; hops < vars.size(); hops++) {
      if (computed.containsKey(at)) {
        return computed.get(at);
      } else if (!sameAs.containsKey(at)) {
        return -1;
      }
      at = sameAs.get(at);
    }
    return -1;
  }

  /** The value as it is. */
  Var var(int number) {
    return vars.get(number);
  }

  int count() {
    return vars.size();
  }

  List<Value> all() {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < vars.size(); i++) {
      Var var = vars.get(i);
      String shape = var.shape() + (var.classes() > 0 ? " class(" + var.classes() + ")" : "");
      List<Integer> axes = var.shape().axes();
      all.add(
          new Value(
              var.name(),
              shape,
              axes,
              var.classes(),
              roles.get(i),
              notes.get(i),
              equation(i),
              loops.get(i)));
    }
    return all;
  }
}
