package dev.peephole.pass.differentiate;

import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Op;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Recurrence.Input;
import dev.peephole.ir.Recurrence.Result;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;

/**
 * What the gradients of a recurrence read of its forward pass: values of each time step are further
 * results of the forward scan, or are computed again where that is no more work.
 */
final class ForwardValues {
  private final Recurrence forward;
  private final Map<Var, Var> constants = new HashMap<>();
  private final Map<Var, Var> sequences = new HashMap<>();
  private final Set<Var> results = new HashSet<>();
  private final List<Result> emitted;

  ForwardValues(Recurrence forward) {
    this.forward = forward;
    this.emitted = new ArrayList<>(forward.results());
    forward.constants().forEach(input -> constants.put(input.formal(), input.given()));
    forward.sequences().forEach(input -> sequences.put(input.formal(), input.given()));
    forward.states().forEach(state -> result(state.after(), state.all()));
    forward.results().forEach(result -> result(result.each(), result.all()));
  }

  private void result(Var each, Var all) {
    sequences.putIfAbsent(each, all);
    results.add(each);
  }

  /** The forward scan, with all results that the gradients read. */
  Equation extended() {
    return forward.with(forward.step(), emitted).equation();
  }

  boolean isConstant(Var formal) {
    return constants.containsKey(formal);
  }

  /** What a value is, for all time steps: the sequence of it, or the same at all of them. */
  Var given(Var value) {
    return isConstant(value) ? constants.get(value) : sequence(value);
  }

  private Var sequence(Var value) {
    return sequences.computeIfAbsent(
        value,
        v -> {
          Var all = v.another(forward.sequence(v.type()));
          emitted.add(new Result(v, all));
          return all;
        });
  }

  /**
   * Takes what costs nothing out of what is read, truth values, which have no buffers, and such as
   * 1 − u, which is no more work than reading it: they are computed again rather than kept.
   */
  List<Equation> recomputed(Set<Var> read) {
    List<Equation> again = new ArrayList<>();
    ListIterator<Equation> last = forward.step().listIterator(forward.step().size());
    while (last.hasPrevious()) {
      Equation e = last.previous();
      boolean truth = e.outs().stream().anyMatch(out -> out.element() == Element.TRUTH);
      if ((isFree(e) || truth || small(e, read)) && read.remove(e.out())) {
        again.add(0, e);
        read.addAll(e.inputs());
      }
    }
    return again;
  }

  /** Whether an equation without a name is simple arithmetic on what is read or there anyway. */
  private boolean small(Equation e, Set<Var> read) {
    return e.op() instanceof Op.Pointwise p
        && p.cost() == Op.Cost.ARITHMETIC
        && !e.out().named()
        && e.inputs().stream().allMatch(v -> read.contains(v) || atHand(v));
  }

  private boolean atHand(Var value) {
    return forward.given().stream().map(Input::formal).anyMatch(value::equals)
        || results.contains(value)
        || forward.step().stream()
            .anyMatch(
                e ->
                    e.outs().contains(value)
                        && isFree(e)
                        && e.inputs().stream().allMatch(this::atHand));
  }

  private static boolean isFree(Equation e) {
    return e.op() instanceof Op.View
        || e.op() instanceof Op.Pointwise p && p.cost() == Op.Cost.FREE;
  }
}
