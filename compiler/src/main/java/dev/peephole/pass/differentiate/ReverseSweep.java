package dev.peephole.pass.differentiate;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.op.Elementwise;
import dev.peephole.range.Ranges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through equations from the last to the first and hands gradients from outputs to inputs, by
 * the rule of each op.
 */
final class ReverseSweep {

  /** A place where an equation reads something whose gradient is left for later. */
  record Use(Equation equation, int input, Var gradient) {}

  private final Builder builder;
  private final Set<Var> active;
  private final Set<Var> deferred;
  private final Map<Var, Var> gradients = new HashMap<>();
  private final GradientOrigins origins = new GradientOrigins();
  private final int truncation;
  private final Ranges ranges;
  private final List<Use> uses = new ArrayList<>();
  private final Map<Equation, Equation> extended = new HashMap<>();
  private Masks masks;
  private MaskedGradients rules;

  /**
   * @param builder takes the equations of the gradients
   * @param active what gradients are wanted of, directly or on the way
   * @param deferred active values that gradients are not built for; their uses are noted
   * @param truncation over how many steps of a recurrence gradients are carried; 0 if over all
   * @param ranges those of all values of the network, in the steps of recurrences too
   */
  ReverseSweep(Builder builder, Set<Var> active, Set<Var> deferred, int truncation, Ranges ranges) {
    this.builder = builder;
    this.active = new HashSet<>(active);
    this.deferred = deferred;
    this.truncation = truncation;
    this.ranges = ranges;
  }

  /**
   * Adds to the gradient of a value.
   *
   * @param share which equation it comes from
   */
  void add(Var value, Var gradient, Origin share) {
    Origin sum = origins.share(value, share);
    gradients.merge(
        value,
        gradient,
        (before, more) -> {
          builder.at(sum);
          return builder.apply(Elementwise.ADD, before, more);
        });
  }

  /** Notes that a gradient is the whole one of a value. */
  void complete(Var value, Var gradient) {
    origins.complete(value, gradient);
  }

  /** Says of the equations of gradients what they are the whole gradients of. */
  void finish() {
    origins.write(builder);
  }

  /** The gradient of a value, if one came to it. */
  Optional<Var> gradient(Var value) {
    return Optional.ofNullable(gradients.get(value));
  }

  /** The places that read deferred values. */
  List<Use> uses() {
    return uses;
  }

  /** The gradient of an equation's input from that of its output. */
  Var share(Equation equation, int input, Var gradient) {
    return rules.gradient(equation, input, gradient);
  }

  /** Whether the gradient of an equation's input must be masked where that of its output is 0. */
  boolean isMasked(Equation equation, int input, Var gradient) {
    return rules.hold(equation, input, gradient);
  }

  /** The equation, with the further results that its gradient reads. */
  Equation extended(Equation equation) {
    return extended.getOrDefault(equation, equation);
  }

  void sweep(List<Equation> equations) {
    masks = new Masks(builder, equations);
    rules = new MaskedGradients(builder, ranges, masks);
    for (Equation e : equations) {
      if (!e.op().stopsGradient() && e.inputs().stream().anyMatch(active::contains)) {
        active.addAll(e.outs());
      }
    }
    ListIterator<Equation> last = equations.listIterator(equations.size());
    while (last.hasPrevious()) {
      Equation equation = last.previous();
      if (!active.contains(equation.out())) {
        continue;
      } else if (equation.op() instanceof Scan) {
        scan(equation);
      } else {
        gradient(equation.out()).ifPresent(gradient -> propagate(equation, gradient));
      }
    }
  }

  private void scan(Equation equation) {
    if (equation.outs().stream().anyMatch(gradients::containsKey)) {
      DifferentiateScan scan = differentiated(equation);
      extended.put(equation, scan.extended());
      scan.gradients()
          .forEach(
              (input, gradient) -> {
                int index = equation.inputs().indexOf(input);
                add(input, gradient, Origin.Share.of(equation, index));
              });
    }
  }

  private DifferentiateScan differentiated(Equation equation) {
    try {
      return new DifferentiateScan(equation, builder, active, gradients, truncation, ranges, masks);
    } catch (Differentiate.Nondifferentiable e) {
      throw e.inside(equation);
    }
  }

  private void propagate(Equation equation, Var gradient) {
    complete(equation.out(), gradient);
    for (int i = 0; i < equation.inputs().size(); i++) {
      Var input = equation.input(i);
      if (!active.contains(input) || !input.real()) {
        continue;
      }
      requireDerivative(equation);
      if (deferred.contains(input)) {
        uses.add(new Use(equation, i, gradient));
      } else {
        propagate(equation, i, gradient);
      }
    }
  }

  private static void requireDerivative(Equation equation) {
    equation
        .op()
        .nondifferentiable()
        .ifPresent(
            reason -> {
              throw new Differentiate.Nondifferentiable(equation, reason);
            });
  }

  private void propagate(Equation equation, int input, Var gradient) {
    Origin origin = Origin.Share.of(equation, input);
    builder.at(origin);
    Var share = share(equation, input, gradient);
    if (share == gradient) {
      boolean alone = equation.inputs().stream().filter(active::contains).count() == 1;
      origins.passOn(equation.input(input), gradient, origin, alone);
    }
    if (share != null) {
      add(equation.input(input), share, origin);
    }
  }
}
