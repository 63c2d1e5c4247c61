package dev.peephole.pass.differentiate;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Reshape;
import dev.peephole.op.Slice;
import dev.peephole.op.Sum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ListIterator;
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
  private final Scan scan;
  private final Builder outer;
  private final Map<Var, Var> outerGradients;
  private final int truncation;
  private final Builder inner = new Builder();
  private final Masks outside;
  private final boolean bounded;
  private final ReverseSweep sweep;
  private final List<Var> carries = new ArrayList<>();
  private final Map<Var, Var> incoming = new LinkedHashMap<>();
  private final List<Var> emitted = new ArrayList<>();
  private final Map<Var, Var> result = new LinkedHashMap<>();
  private final Map<Var, Var> saved = new HashMap<>();
  private final Map<Var, List<Origin>> added = new HashMap<>();
  private Equation extended;

  DifferentiateScan(
      Equation equation,
      Builder outer,
      Set<Var> active,
      Map<Var, Var> outerGradients,
      int truncation,
      Set<Var> unbounded,
      Masks outside) {
    this.equation = equation;
    this.scan = (Scan) equation.op();
    this.outer = outer;
    this.outerGradients = outerGradients;
    this.truncation = truncation;
    this.extended = equation;
    Set<Var> wanted = new HashSet<>(scan.before());
    for (int i = scan.carried(); i < equation.inputs().size(); i++) {
      if (active.contains(equation.input(i))) {
        wanted.add(scan.step().inputs().get(i));
      }
    }
    Set<Var> constants = new HashSet<>(scan.constants());
    Set<Var> inputs = Unbounded.inputs(equation, unbounded);
    this.bounded = Unbounded.among(scan.step().equations(), inputs).isEmpty();
    this.outside = outside;
    this.sweep = new ReverseSweep(inner, wanted, constants, truncation, inputs);
    derive(active);
  }

  /** The forward scan, with all results that the gradients read. */
  Equation extended() {
    return extended;
  }

  /** What each input of the scan gets. */
  Map<Var, Var> gradients() {
    return result;
  }

  private void derive(Set<Var> active) {
    seed();
    sweep.sweep(scan.step().equations());
    List<Var> before = new ArrayList<>();
    for (int k = 0; k < scan.carried(); k++) {
      Var state = scan.before().get(k);
      inner.at(Origin.Share.of(equation, k));
      Var gradient = sweep.gradient(state).orElseGet(() -> zeros(inner, state.shape()));
      sweep.complete(state, gradient);
      before.add(gradient);
    }
    for (int i = scan.carried(); i < scan.carried() + scan.sequences(); i++) {
      Var element = scan.step().inputs().get(i);
      if (active.contains(equation.input(i))) {
        sweep
            .gradient(element)
            .ifPresent(
                g -> {
                  sweep.complete(element, g);
                  emit(g);
                });
      }
    }
    List<Share> shares = shares(active);
    List<Var> results = constantResults(active);
    sweep.finish();
    List<Var> outs = writeBackwardScan(before);
    initialGradients(outs, active);
    elementGradients(outs, active);
    constantGradients(shares, outs);
    for (Var constant : results) {
      Var each = outs.get(scan.carried() + emitted.indexOf(sweep.gradient(constant).orElseThrow()));
      Origin share = share(constant);
      outer.at(share);
      add(constant(constant), outer.apply(new Sum(List.of(0)), each), share);
    }
  }

  /**
   * What one use of a constant adds to its gradient.
   *
   * @param whole the op over all time steps at once, if there is such a one
   * @param emitted the gradient of the op's result, or else that of the constant at one time step
   */
  private record Share(ReverseSweep.Use use, Optional<Op> whole, Var emitted) {
    Var formal() {
      return use.equation().input(use.input());
    }
  }

  private List<Share> shares(Set<Var> active) {
    List<Share> shares = new ArrayList<>();
    for (ReverseSweep.Use use : sweep.uses()) {
      Equation e = use.equation();
      if (!active.contains(constant(e.input(use.input())))) {
        continue;
      }
      List<Boolean> varying = e.inputs().stream().map(v -> !scan.constants().contains(v)).toList();
      Optional<Op> whole =
          sweep.isMasked(e, use.gradient())
              ? Optional.empty()
              : e.op().lifted(scan.length(), varying);
      inner.at(Origin.Share.of(e, use.input()));
      Var gradient =
          whole.isPresent() ? use.gradient() : sweep.share(e, use.input(), use.gradient());
      if (gradient != null) {
        Share share = new Share(use, whole, gradient);
        shares.add(share);
        emit(gradient);
      }
    }
    return shares;
  }

  /** What is the same at all time steps and is a result of each as it is. */
  private List<Var> constantResults(Set<Var> active) {
    List<Var> found =
        scan.constants().stream()
            .filter(c -> active.contains(constant(c)) && sweep.gradient(c).isPresent())
            .toList();
    found.forEach(c -> emit(sweep.gradient(c).orElseThrow()));
    return found;
  }

  /** The gradients that come into a step: from later steps, and from outside. */
  private void seed() {
    List<Var> outputs = scan.step().outputs();
    for (int o = 0; o < outputs.size(); o++) {
      Var output = outputs.get(o);
      if (o < scan.carried()) {
        Var next = Var.real("d" + output.name() + "Next", output.shape());
        carries.add(next);
        sweep.add(output, next, Origin.Share.of(equation, o));
      }
      Var whole = outerGradients.get(equation.outs().get(o));
      if (whole != null) {
        Var element = Var.real("d" + output.name() + "Out", output.shape());
        incoming.put(element, whole);
        Origin origin = Origin.Share.of(equation, Origin.ALL);
        inner.at(origin);
        sweep.add(output, masked(element, whole), origin);
      }
    }
  }

  /** What comes from outside, with the mask that is on it there if the step needs that. */
  private Var masked(Var element, Var whole) {
    Optional<Var> support = bounded ? Optional.empty() : outside.support(whole);
    if (support.isEmpty()) {
      return element;
    }
    Var within = Var.real("", element.shape());
    incoming.put(within, support.get());
    Var one = Broadcast.lead(inner, inner.apply(new Constant(1, "")), element.shape());
    Var test = inner.apply(Elementwise.EQUAL, within, one);
    return inner.apply(Elementwise.WHERE, test, element, zeros(inner, element.shape()));
  }

  private void emit(Var gradient) {
    if (!emitted.contains(gradient)) {
      emitted.add(gradient);
    }
  }

  /** Writes the scan that runs the other way; returns its sequences, those of the states first. */
  private List<Var> writeBackwardScan(List<Var> before) {
    List<Var> outputs = new ArrayList<>(before);
    outputs.addAll(emitted);
    Set<Var> known = new HashSet<>(carries);
    known.addAll(incoming.keySet());
    Set<Var> read = new LinkedHashSet<>();
    for (Equation e : inner.equations()) {
      e.inputs().stream().filter(v -> !known.contains(v)).forEach(read::add);
      known.addAll(e.outs());
    }
    outputs.stream().filter(v -> !known.contains(v)).forEach(read::add);
    List<Equation> equations = recomputed(read);
    equations.addAll(inner.equations());
    List<Var> constants = read.stream().filter(scan.constants()::contains).toList();
    List<Var> values = read.stream().filter(v -> !constants.contains(v)).toList();
    List<Var> formal = new ArrayList<>(carries);
    formal.addAll(incoming.keySet());
    formal.addAll(values);
    formal.addAll(constants);
    List<Var> inputs = new ArrayList<>();
    Origin origin = Origin.Share.of(equation, Origin.ALL);
    outer.at(origin);
    carries.forEach(c -> inputs.add(zeros(outer, c.shape())));
    inputs.addAll(incoming.values());
    values.forEach(v -> inputs.add(sequence(v)));
    constants.forEach(c -> inputs.add(constant(c)));
    Function step = new Function(scan.step().name() + ", backwards", formal, equations, outputs);
    Scan backward =
        new Scan(
            step,
            carries.size(),
            incoming.size() + values.size(),
            scan.length(),
            !scan.reversed(),
            truncation);
    List<Var> outs = outputs.stream().map(v -> Var.of("", backward.sequence(v.type()))).toList();
    outer.add(new Equation(outs, backward, inputs, origin));
    return outs;
  }

  /**
   * Takes what costs nothing out of what is read, truth values, which have no buffers, and such as
   * 1 − u, which is no more work than reading it: they are computed again rather than kept.
   */
  private List<Equation> recomputed(Set<Var> read) {
    List<Equation> again = new ArrayList<>();
    List<Equation> forward = scan.step().equations();
    ListIterator<Equation> last = forward.listIterator(forward.size());
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
    return scan.elements().contains(value)
        || scan.constants().contains(value)
        || scan.step().outputs().contains(value)
        || scan.step().equations().stream()
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

  /** The whole sequence of a value of the forward step. */
  private Var sequence(Var value) {
    int input = scan.step().inputs().indexOf(value);
    if (input >= 0 && scan.isSequence(input)) {
      return equation.input(input);
    }
    return saved.computeIfAbsent(
        value,
        v -> {
          Scan now = (Scan) extended.op();
          int output = now.step().outputs().indexOf(v);
          if (output >= 0) {
            return extended.outs().get(output);
          }
          Var out = Var.of(v.label(), scan.sequence(v.type()));
          List<Var> outs = new ArrayList<>(extended.outs());
          outs.add(out);
          extended = new Equation(outs, now.emitting(v), extended.inputs(), extended.origin());
          return out;
        });
  }

  private Var constant(Var formal) {
    return equation.input(scan.step().inputs().indexOf(formal));
  }

  /** The gradient of an initial state is what is carried past the first time step. */
  private void initialGradients(List<Var> outs, Set<Var> active) {
    int last = scan.length() == Shape.OPEN ? -1 : scan.length() - 1;
    int first = scan.reversed() ? last : 0;
    for (int k = 0; k < scan.carried(); k++) {
      if (active.contains(equation.input(k))) {
        outer.at(Origin.Share.of(equation, k));
        Var slice = outer.apply(new Slice(0, first, first + 1), outs.get(k));
        Shape shape = equation.input(k).shape();
        result.put(equation.input(k), outer.apply(new Reshape(shape), slice));
      }
    }
  }

  private void elementGradients(List<Var> outs, Set<Var> active) {
    for (int i = scan.carried(); i < scan.carried() + scan.sequences(); i++) {
      Var sequence = equation.input(i);
      Var element = scan.step().inputs().get(i);
      sweep
          .gradient(element)
          .filter(g -> active.contains(sequence))
          .ifPresent(
              g -> add(sequence, outs.get(scan.carried() + emitted.indexOf(g)), share(element)));
    }
  }

  /** The gradient of the same op over all time steps at once, or the sum of those of each. */
  private void constantGradients(List<Share> shares, List<Var> outs) {
    for (Share share : shares) {
      Equation e = share.use().equation();
      Var d = outs.get(scan.carried() + emitted.indexOf(share.emitted()));
      Origin origin = Origin.Share.of(e, share.use().input());
      outer.at(origin);
      Var gradient =
          share
              .whole()
              .map(op -> op.gradient(share.use().input(), new Backward(outer, whole(e, op, d), d)))
              .orElseGet(() -> outer.apply(new Sum(List.of(0)), d));
      add(constant(share.formal()), gradient, origin);
    }
  }

  /** An equation of the step over all time steps. */
  private Equation whole(Equation e, Op lifted, Var gradient) {
    List<Var> inputs =
        e.inputs().stream()
            .map(v -> scan.constants().contains(v) ? constant(v) : sequence(v))
            .toList();
    return new Equation(Var.of("", Type.real(gradient.shape())), lifted, inputs, e.origin());
  }

  private Origin share(Var formal) {
    return Origin.Share.of(equation, scan.step().inputs().indexOf(formal));
  }

  private void add(Var input, Var gradient, Origin share) {
    List<Origin> all = added.computeIfAbsent(input, v -> new ArrayList<>());
    all.add(share);
    outer.at(new Origin.Sum(all));
    result.merge(input, gradient, (a, b) -> outer.apply(Elementwise.ADD, a, b));
  }

  private static Var zeros(Builder builder, Shape shape) {
    return Broadcast.lead(builder, builder.apply(new Constant(0, "")), shape);
  }
}
