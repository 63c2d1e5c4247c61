package dev.peephole.pass;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Reshape;
import dev.peephole.op.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;

/**
 * Backpropagation through time (Werbos, 1990): the derivative of a scan is a scan that runs the
 * other way. It carries the gradients of the states; what it reads of the forward pass becomes
 * further results of the forward scan. Of what is the same at all time steps it takes no gradient:
 * that is one product or one sum over all steps, after it.
 *
 * <pre>
 * before   s[t] = tanh(xW[t] + s[t−1] @ U)
 * after    dz[t] = (ds[t] + dsNext) ⊙ (1 − s[t]²)      dsNext = dz[t] @ Uᵀ      for t = T−1 … 0
 *          dU = sPrevᵀ @ dz
 * </pre>
 */
final class DifferentiateScan {
  private final Equation equation;
  private final Scan scan;
  private final Builder outer;
  private final Map<Var, Var> outerGradients;
  private final Map<Var, String> names;
  private final Builder inner = new Builder();
  private final ReverseSweep sweep;
  private final List<Var> carries = new ArrayList<>();
  private final Map<Var, Var> incoming = new LinkedHashMap<>();
  private final List<Var> emitted = new ArrayList<>();
  private final Map<Var, Var> result = new LinkedHashMap<>();
  private final Map<Var, Var> saved = new HashMap<>();
  private Equation extended;

  DifferentiateScan(
      Equation equation,
      Builder outer,
      Set<Var> active,
      Map<Var, Var> outerGradients,
      Map<Var, String> names) {
    this.equation = equation;
    this.scan = (Scan) equation.op();
    this.outer = outer;
    this.outerGradients = outerGradients;
    this.names = names;
    this.extended = equation;
    Set<Var> wanted = new HashSet<>(scan.before());
    for (int i = scan.carried(); i < equation.inputs().size(); i++) {
      if (active.contains(equation.input(i))) {
        wanted.add(scan.step().inputs().get(i));
      }
    }
    Set<Var> constants = new HashSet<>(scan.constants());
    this.sweep = new ReverseSweep(inner, wanted, constants, names);
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
    inner.at(equation.origin());
    seed();
    sweep.sweep(scan.step().equations());
    List<Var> before = new ArrayList<>();
    for (int k = 0; k < scan.carried(); k++) {
      Var state = scan.before().get(k);
      Var gradient = sweep.gradient(state).orElseGet(() -> zeros(inner, state.shape()));
      sweep.name(state, gradient);
      before.add(gradient);
    }
    for (int i = scan.carried(); i < scan.carried() + scan.sequences(); i++) {
      Var element = scan.step().inputs().get(i);
      if (active.contains(equation.input(i))) {
        sweep
            .gradient(element)
            .ifPresent(
                g -> {
                  sweep.name(element, g);
                  emit(g);
                });
      }
    }
    for (ReverseSweep.Use use : sweep.uses()) {
      emit(use.gradient());
      Var constant = use.equation().input(use.input());
      names.putIfAbsent(use.gradient(), Var.wish("d" + constant.name() + "_t"));
    }
    List<Var> outs = writeBackwardScan(before);
    initialGradients(outs, active);
    elementGradients(outs, active);
    constantGradients(outs, active);
  }

  /** The gradients that come into a step: from later steps, and from outside. */
  private void seed() {
    List<Var> outputs = scan.step().outputs();
    for (int o = 0; o < outputs.size(); o++) {
      Var output = outputs.get(o);
      if (o < scan.carried()) {
        Var next = Var.real("d" + output.name() + "Next", output.shape());
        carries.add(next);
        sweep.add(output, next);
      }
      Var outside = outerGradients.get(equation.outs().get(o));
      if (outside != null) {
        Var element = Var.real("d" + output.name() + "Out", output.shape());
        incoming.put(element, outside);
        sweep.add(output, element);
      }
    }
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
    carries.forEach(c -> inputs.add(zeros(outer, c.shape())));
    inputs.addAll(incoming.values());
    values.forEach(v -> inputs.add(sequence(v)));
    constants.forEach(c -> inputs.add(constant(c)));
    Function step = new Function(scan.step().name() + ", backwards", formal, equations, outputs);
    Scan backward =
        new Scan(
            step, carries.size(), incoming.size() + values.size(), scan.length(), !scan.reversed());
    List<Var> outs = outputs.stream().map(v -> Var.of("", backward.sequence(v.type()))).toList();
    outer.add(new Equation(outs, backward, inputs, equation.origin()));
    return outs;
  }

  /** Takes what costs nothing out of what is read: it is computed again rather than kept. */
  private List<Equation> recomputed(Set<Var> read) {
    List<Equation> again = new ArrayList<>();
    List<Equation> forward = scan.step().equations();
    ListIterator<Equation> last = forward.listIterator(forward.size());
    while (last.hasPrevious()) {
      Equation e = last.previous();
      boolean free =
          e.op() instanceof Op.View || e.op() instanceof Op.Pointwise p && p.cost() == Op.Cost.FREE;
      if (free && read.remove(e.out())) {
        again.add(0, e);
        read.addAll(e.inputs());
      }
    }
    return again;
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
    int first = scan.reversed() ? scan.length() - 1 : 0;
    for (int k = 0; k < scan.carried(); k++) {
      if (active.contains(equation.input(k))) {
        Var slice = outer.apply(new Slice(0, first, first + 1), outs.get(k));
        Shape shape = equation.input(k).shape();
        result.put(equation.input(k), outer.apply(new Reshape(shape), slice));
      }
    }
  }

  private void elementGradients(List<Var> outs, Set<Var> active) {
    for (int i = scan.carried(); i < scan.carried() + scan.sequences(); i++) {
      Var sequence = equation.input(i);
      sweep
          .gradient(scan.step().inputs().get(i))
          .filter(g -> active.contains(sequence))
          .ifPresent(g -> add(sequence, outs.get(scan.carried() + emitted.indexOf(g))));
    }
  }

  /** For each use of a constant, the gradient of the same op over all time steps at once. */
  private void constantGradients(List<Var> outs, Set<Var> active) {
    for (ReverseSweep.Use use : sweep.uses()) {
      Equation e = use.equation();
      Var d = outs.get(scan.carried() + emitted.indexOf(use.gradient()));
      List<Boolean> varying = e.inputs().stream().map(v -> !scan.constants().contains(v)).toList();
      Op lifted =
          e.op()
              .lifted(scan.length(), varying)
              .orElseThrow(() -> new IllegalStateException("no gradient through " + e.op()));
      List<Var> inputs =
          e.inputs().stream()
              .map(v -> scan.constants().contains(v) ? constant(v) : sequence(v))
              .toList();
      Var target = constant(e.input(use.input()));
      if (active.contains(target)) {
        Var out = Var.of("", Type.real(d.shape()));
        Equation whole = new Equation(out, lifted, inputs, e.origin());
        outer.at(e.origin());
        add(target, lifted.gradient(use.input(), new Backward(outer, whole, d)));
      }
    }
  }

  private void add(Var input, Var gradient) {
    result.merge(input, gradient, (a, b) -> outer.apply(Elementwise.ADD, a, b));
  }

  private static Var zeros(Builder builder, Shape shape) {
    return Broadcast.lead(builder, builder.apply(new Constant(0, "")), shape);
  }
}
