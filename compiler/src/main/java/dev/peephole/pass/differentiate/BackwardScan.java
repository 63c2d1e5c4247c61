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
  private List<Var> states = List.of();

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

  /** The sequences of the gradients of the states before, in their order. */
  List<Var> states() {
    return states;
  }

  /**
   * Writes the scan.
   *
   * @param inner the equations of its step
   * @param before the gradients of the states before, in their order
   * @param truncation over how many steps they are carried; 0 if over all
   */
  void write(Builder inner, List<Var> before, int truncation, Builder outer, Origin origin) {
    Set<Var> read = read(inner.equations(), before);
    List<Equation> step = values.recomputed(read);
    step.addAll(inner.equations());
    outer.at(origin);
    List<State> carried = new ArrayList<>();
    for (int k = 0; k < before.size(); k++) {
      Var next = incoming.carried().get(k);
      Var zero = Broadcast.lead(outer, outer.apply(new Constant(0, "")), next.shape());
      Var all = Var.of("", forward.sequence(before.get(k).type()));
      carried.add(new State(next, zero, before.get(k), all));
    }
    states = carried.stream().map(State::all).toList();
    List<Input> sequences = new ArrayList<>(incoming.sequences());
    List<Input> constants = new ArrayList<>();
    read.forEach(
        v -> (values.isConstant(v) ? constants : sequences).add(new Input(v, values.given(v))));
    List<Result> wanted = new ArrayList<>();
    results.forEach((each, all) -> wanted.add(new Result(each, all)));
    Recurrence backward =
        new Recurrence(
            forward.name() + ", backwards",
            carried,
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
  private Set<Var> read(List<Equation> step, List<Var> before) {
    Set<Var> known = new HashSet<>(incoming.carried());
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
