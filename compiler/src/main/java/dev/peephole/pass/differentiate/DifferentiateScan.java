package dev.peephole.pass.differentiate;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Recurrence.Input;
import dev.peephole.ir.Recurrence.State;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Reshape;
import dev.peephole.op.Slice;
import dev.peephole.range.Ranges;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Backpropagation through time (Werbos, 1990): the derivative of a scan is a scan that runs the
 * other way. It carries the gradients of the states; what it reads of the forward pass becomes
 * further results of the forward scan. Of what is the same at all time steps it takes no gradient
 * if that can be one product or one sum over all steps, after it.
 *
 * <pre>
 * before   s[t] = tanh(xW[t] + s[t−1] @ U)
 * after    dz[t] = (ds[t] + dsNext) ⊙ (1 − s[t]²)      dsNext = dz[t] @ Uᵀ      for t = T−1 … 0
 *          dU = sPrevᵀ @ dz
 * </pre>
 *
 * Truncated (Williams & Peng, 1990), in pieces of k steps: the states of a piece are carried on
 * from the one before, but no gradient is carried back, so that dsNext is 0 at the last step of a
 * piece.
 */
final class DifferentiateScan {
  private final Equation equation;
  private final Recurrence forward;
  private final Builder outer;
  private final Set<Var> active;
  private final Builder inner = new Builder();
  private final ReverseSweep sweep;
  private final ForwardValues values;
  private final IncomingGradients incoming;
  private final BackwardScan backward;
  private final InputGradients gradients;

  /**
   * @param equation the forward scan
   * @param outer takes the equations of the gradients
   * @param active what gradients are wanted of
   * @param outerGradients those of the results
   * @param truncation over how many steps they are carried; 0 if over all
   * @param ranges those of all values, in the step too
   * @param outside the masks of the gradients of results
   */
  DifferentiateScan(
      Equation equation,
      Builder outer,
      Set<Var> active,
      Map<Var, Var> outerGradients,
      int truncation,
      Ranges ranges,
      Masks outside) {
    this.equation = equation;
    this.forward = Recurrence.of(equation);
    this.outer = outer;
    this.active = active;
    this.sweep = new ReverseSweep(inner, wanted(), constants(), truncation, ranges);
    this.values = new ForwardValues(forward);
    this.incoming =
        new IncomingGradients(
            equation,
            inner,
            outerGradients,
            isSingular(ranges) ? Optional.of(outside) : Optional.empty());
    this.backward = new BackwardScan(forward, values, incoming);
    this.gradients = new InputGradients(outer);
    derive(truncation);
  }

  /** The forward scan, with all results that the gradients read. */
  Equation extended() {
    return values.extended();
  }

  /** What each input of the scan gets. */
  Map<Var, Var> gradients() {
    return gradients.sums();
  }

  /** What the step is to be differentiated by. */
  private Set<Var> wanted() {
    Set<Var> wanted = new HashSet<>();
    forward.states().forEach(state -> wanted.add(state.before()));
    forward.given().stream()
        .filter(input -> active.contains(input.given()))
        .forEach(input -> wanted.add(input.formal()));
    return wanted;
  }

  /** Whether something in the step may be infinite or no number. */
  private boolean isSingular(Ranges ranges) {
    return ((Scan) equation.op()).step().inputs().stream().anyMatch(ranges::isSingular)
        || forward.step().stream().flatMap(e -> e.outs().stream()).anyMatch(ranges::isSingular);
  }

  private Set<Var> constants() {
    Set<Var> constants = new HashSet<>();
    forward.constants().forEach(input -> constants.add(input.formal()));
    return constants;
  }

  private void derive(int truncation) {
    incoming.seed(sweep);
    sweep.sweep(forward.step());
    Map<State, Var> before = gradientsOfStates();
    List<Input> elements = gradientsOfElements();
    ConstantGradients constants = new ConstantGradients(forward, values, sweep, backward);
    constants.emit(inner, active);
    sweep.finish();
    backward.write(inner, before, truncation, outer, Origin.Share.of(equation, Origin.ALL));
    writeInitialGradients();
    for (Input element : elements) {
      Var all = backward.all(sweep.gradient(element.formal()).orElseThrow());
      gradients.add(element.given(), all, share(element.formal()));
    }
    constants.write(this::share, outer, gradients);
  }

  /** The gradient of each state before the step; 0 if nothing in the step reads it. */
  private Map<State, Var> gradientsOfStates() {
    Map<State, Var> gradientsBefore = new LinkedHashMap<>();
    for (State state : forward.states()) {
      inner.at(share(state.before()));
      Var gradient = sweep.gradient(state.before()).orElseGet(() -> zeros(state.before().shape()));
      sweep.complete(state.before(), gradient);
      gradientsBefore.put(state, gradient);
    }
    return gradientsBefore;
  }

  private Var zeros(Shape shape) {
    return Broadcast.lead(inner, inner.apply(new Constant(0, "")), shape);
  }

  /** The sequences whose elements get gradients, which become results. */
  private List<Input> gradientsOfElements() {
    List<Input> elements = new ArrayList<>();
    for (Input sequence : forward.sequences()) {
      Optional<Var> gradient = sweep.gradient(sequence.formal());
      if (gradient.isPresent() && active.contains(sequence.given())) {
        sweep.complete(sequence.formal(), gradient.get());
        backward.emit(gradient.get());
        elements.add(sequence);
      }
    }
    return elements;
  }

  /** The gradient of an initial state is what is carried past the first time step. */
  private void writeInitialGradients() {
    int last = forward.length() == Shape.OPEN ? -1 : forward.length() - 1;
    int first = forward.reversed() ? last : 0;
    for (State state : forward.states()) {
      Var initial = state.initial();
      if (active.contains(initial)) {
        Origin share = share(state.before());
        outer.at(share);
        Var slice = outer.apply(new Slice(0, first, first + 1), backward.all(state));
        gradients.add(initial, outer.apply(new Reshape(initial.shape()), slice), share);
      }
    }
  }

  /** What the scan hands on to the input that its step knows under a name of its own. */
  private Origin share(Var formal) {
    return Origin.Share.of(equation, forward.input(formal));
  }
}
