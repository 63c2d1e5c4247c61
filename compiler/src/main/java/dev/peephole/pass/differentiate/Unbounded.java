package dev.peephole.pass.differentiate;

import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.op.BatchSize;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.op.ReduceMax;
import dev.peephole.op.SequenceLength;
import dev.peephole.op.StopGradient;
import dev.peephole.op.Sum;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the values that can be infinite or no number, or have such a derivative, though what goes
 * in is finite: those that are computed from a root, a logarithm, an exponential, a power, or a
 * quotient whose divisor is not known to be more than 0. Softmax is bounded: its exponentials are
 * at most 1, and their sum along the same axes is at least 1.
 */
final class Unbounded {
  private final Map<Var, Equation> definitions = new HashMap<>();
  private final Set<Var> found;

  private Unbounded(Set<Var> given) {
    found = new HashSet<>(given);
  }

  /**
   * The unbounded values among those that equations compute.
   *
   * @param given those among the inputs
   */
  static Set<Var> among(List<Equation> equations, Set<Var> given) {
    Unbounded unbounded = new Unbounded(given);
    equations.forEach(unbounded::follow);
    return unbounded.found;
  }

  /** The unbounded values among the inputs of a scan's step, the states of later steps included. */
  static Set<Var> inputs(Equation equation, Set<Var> outside) {
    Scan scan = (Scan) equation.op();
    Set<Var> inputs = new HashSet<>();
    for (int i = 0; i < equation.inputs().size(); i++) {
      if (outside.contains(equation.input(i))) {
        inputs.add(scan.step().inputs().get(i));
      }
    }
    boolean more = true;
    while (more) {
      Set<Var> all = among(scan.step().equations(), inputs);
      more = false;
      for (int k = 0; k < scan.carried(); k++) {
        more |= all.contains(scan.step().outputs().get(k)) && inputs.add(scan.before().get(k));
      }
    }
    return inputs;
  }

  private void follow(Equation e) {
    e.outs().forEach(out -> definitions.put(out, e));
    if (e.op() instanceof Scan scan) {
      Set<Var> all = among(scan.step().equations(), inputs(e, found));
      for (int k = 0; k < e.outs().size(); k++) {
        if (all.contains(scan.step().outputs().get(k))) {
          found.add(e.outs().get(k));
        }
      }
    } else if (e.out().element() != Element.TRUTH
        && (isUnbounded(e) || e.inputs().stream().anyMatch(found::contains))) {
      found.add(e.out());
    }
  }

  private boolean isUnbounded(Equation e) {
    if (!(e.op() instanceof Elementwise op) || !op.unbounded()) {
      return false;
    } else if (op == Elementwise.DIVIDE) {
      return !isPositive(e.input(1));
    } else if (op == Elementwise.EXP) {
      return !isUnderPeak(e.input(0));
    } else if (op == Elementwise.LOG) {
      return !isPositive(e.input(0));
    }
    return op != Elementwise.POWER || !isWholeExponent(e.input(1));
  }

  /** Whether a value is x − max(x), of which the greatest is 0. */
  private boolean isUnderPeak(Var var) {
    return peak(var).isPresent();
  }

  /** The maximum that is taken off, if a value is x − max(x). */
  private Optional<ReduceMax> peak(Var var) {
    Equation e = definitions.get(var);
    if (e == null || e.op() != Elementwise.SUBTRACT) {
      return Optional.empty();
    }
    Equation peak = definitions.get(e.input(1));
    while (peak != null && (peak.op() instanceof Broadcast || peak.op() instanceof StopGradient)) {
      peak = definitions.get(peak.input(0));
    }
    return peak != null && peak.op() instanceof ReduceMax max && peak.input(0) == e.input(0)
        ? Optional.of(max)
        : Optional.empty();
  }

  /** Whether a value is Σ exp(x − max(x)) along the axes of the maximum, which is at least 1. */
  private boolean isTotal(Equation e) {
    if (!(e.op() instanceof Sum sum)) {
      return false;
    }
    Equation exp = definitions.get(e.input(0));
    return exp != null
        && exp.op() == Elementwise.EXP
        && peak(exp.input(0)).filter(max -> max.axes().equals(sum.axes())).isPresent();
  }

  /** Whether a value is a positive number, a count, or the divisor of a softmax. */
  private boolean isPositive(Var var) {
    Equation e = definitions.get(var);
    if (e == null) {
      return false;
    } else if (e.op() instanceof Constant c) {
      return c.value() > 0;
    } else if (e.op() instanceof BatchSize || e.op() instanceof SequenceLength || isTotal(e)) {
      return true;
    }
    return (e.op() instanceof Broadcast || e.op() == Elementwise.MULTIPLY)
        && e.inputs().stream().allMatch(this::isPositive);
  }

  private boolean isWholeExponent(Var var) {
    Equation e = definitions.get(var);
    if (e != null && e.op() instanceof Broadcast) {
      return isWholeExponent(e.input(0));
    }
    return e != null
        && e.op() instanceof Constant c
        && c.value() >= 1
        && c.value() == Math.rint(c.value());
  }
}
