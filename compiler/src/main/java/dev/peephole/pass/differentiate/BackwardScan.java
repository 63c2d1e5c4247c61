package dev.peephole.pass.differentiate;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Recurrence.Input;
import dev.peephole.ir.Recurrence.Result;
import dev.peephole.ir.Recurrence.State;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The scan that runs the other way: it carries the gradients of the states. */
final class BackwardScan {
  private final Recurrence forward;
  private final ForwardValues values;
  private final IncomingGradients incoming;
  private final Map<Var, Var> results = new LinkedHashMap<>();
  private final Map<State, State> carried = new LinkedHashMap<>();

  BackwardScan(Recurrence forward, ForwardValues values, IncomingGradients incoming) {
    this.forward = forward;
    this.values = values;
    this.incoming = incoming;
  }

  /** Makes a gradient of each time step a result. */
  void emit(Var gradient) {
    results.computeIfAbsent(gradient, each -> Var.of("", forward.sequence(each.type())));
  }

  /** The sequence of a gradient that is a result. */
  Var all(Var gradient) {
    return results.get(gradient);
  }

  /** The sequence of the gradients of a state before each time step. */
  Var all(State state) {
    return carried.get(state).all();
  }

  /**
   * Writes the scan.
   *
   * @param inner the equations of its step
   * @param before the gradients of the states before
   * @param truncation over how many steps they are carried; 0 if over all
   */
  void write(Builder inner, Map<State, Var> before, int truncation, Builder outer, Origin origin) {
    Set<Var> read = read(inner.equations(), before.values());
    List<Equation> step = values.recomputed(read);
    step.addAll(inner.equations());
    outer.at(origin);
    before.forEach(
        (state, gradient) -> {
          Var next = incoming.carried(state);
          Var zero = Broadcast.lead(outer, outer.apply(new Constant(0, "")), next.shape());
          Var all = Var.of("", forward.sequence(gradient.type()));
          carried.put(state, new State(next, zero, gradient, all));
        });
    List<Input> sequences = new ArrayList<>(incoming.sequences());
    List<Input> constants = new ArrayList<>();
    read.forEach(
        v -> (values.isConstant(v) ? constants : sequences).add(new Input(v, values.given(v))));
    List<Result> wanted = new ArrayList<>();
    results.forEach((each, all) -> wanted.add(new Result(each, all)));
    Recurrence backward =
        new Recurrence(
            forward.name() + ", backwards",
            List.copyOf(carried.values()),
            sequences,
            constants,
            step,
            wanted,
            forward.length(),
            !forward.reversed(),
            truncation,
            origin);
    outer.add(backward.equation());
  }

  /** What the step reads of the forward pass. */
  private Set<Var> read(List<Equation> step, Collection<Var> before) {
    Set<Var> known = new HashSet<>();
    forward.states().forEach(state -> known.add(incoming.carried(state)));
    incoming.sequences().forEach(input -> known.add(input.formal()));
    Set<Var> read = new LinkedHashSet<>();
    for (Equation e : step) {
      e.inputs().stream().filter(v -> !known.contains(v)).forEach(read::add);
      known.addAll(e.outs());
    }
    List<Var> outputs = new ArrayList<>(before);
    outputs.addAll(results.keySet());
    outputs.stream().filter(v -> !known.contains(v)).forEach(read::add);
    return read;
  }
}
