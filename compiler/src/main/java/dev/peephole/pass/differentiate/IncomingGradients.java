package dev.peephole.pass.differentiate;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Recurrence.Input;
import dev.peephole.ir.Recurrence.State;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gradients that come into a time step that is gone through backwards: dsNext from the later
 * step, of each state, and dsOut from outside, of each result.
 */
final class IncomingGradients {
  private final Equation equation;
  private final Builder inner;
  private final Map<Var, Var> outerGradients;
  private final Optional<Masks> outside;
  private final Map<State, Var> carried = new LinkedHashMap<>();
  private final List<Input> sequences = new ArrayList<>();

  /**
   * @param equation the forward scan
   * @param inner takes the equations of the backward step
   * @param outerGradients those of the forward scan's results
   * @param outside what is known of their masks, if the step needs to know it
   */
  IncomingGradients(
      Equation equation, Builder inner, Map<Var, Var> outerGradients, Optional<Masks> outside) {
    this.equation = equation;
    this.inner = inner;
    this.outerGradients = outerGradients;
    this.outside = outside;
  }

  /** That of a state from the later step. */
  Var carried(State state) {
    return carried.get(state);
  }

  /** Those from outside, as elements of sequences. */
  List<Input> sequences() {
    return sequences;
  }

  /** Hands them to the step. */
  void seed(ReverseSweep sweep) {
    Recurrence forward = Recurrence.of(equation);
    for (State state : forward.states()) {
      Var next = Var.real("d" + state.after().name() + "Next", state.after().shape());
      carried.put(state, next);
      sweep.add(state.after(), next, Origin.Share.of(equation, forward.input(state.before())));
      seed(sweep, state.after(), state.all());
    }
    forward.results().forEach(result -> seed(sweep, result.each(), result.all()));
  }

  private void seed(ReverseSweep sweep, Var each, Var all) {
    Var whole = outerGradients.get(all);
    if (whole != null) {
      Var element = Var.real("d" + each.name() + "Out", each.shape());
      sequences.add(new Input(element, whole));
      Origin origin = Origin.Share.of(equation, Origin.ALL);
      inner.at(origin);
      sweep.add(each, masked(element, whole), origin);
    }
  }

  /** What comes from outside, with the mask that is on it there. */
  private Var masked(Var element, Var whole) {
    Optional<Var> support = outside.flatMap(masks -> masks.support(whole));
    if (support.isEmpty()) {
      return element;
    }
    Var within = Var.real("", element.shape());
    sequences.add(new Input(within, support.get()));
    Var one = repeated(1, element);
    Var test = inner.apply(Elementwise.EQUAL, within, one);
    return inner.apply(Elementwise.WHERE, test, element, repeated(0, element));
  }

  private Var repeated(double number, Var like) {
    return Broadcast.lead(inner, inner.apply(new Constant(number, "")), like.shape());
  }
}
