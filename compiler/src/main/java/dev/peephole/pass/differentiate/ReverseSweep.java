package dev.peephole.pass.differentiate;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.op.Elementwise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Goes through equations from the last to the first and hands gradients from outputs to inputs. */
final class ReverseSweep {

  /** A place where an equation reads something whose gradient is left for later. */
  record Use(Equation equation, int input, Var gradient) {}

  private final Builder builder;
  private final Set<Var> active;
  private final Set<Var> deferred;
  private final Map<Var, Var> gradients = new HashMap<>();
  private final Map<Var, String> names;
  private final int truncation;
  private final Map<Var, Var> sources = new HashMap<>();
  private final Map<Var, List<Origin>> shares = new HashMap<>();
  private final Map<Var, List<Origin>> passed = new HashMap<>();
  private final Map<Var, List<Origin.Of>> complete = new LinkedHashMap<>();
  private final List<Use> uses = new ArrayList<>();
  private final Map<Equation, Equation> extended = new HashMap<>();
  private final Set<Var> unnamed = new HashSet<>();
  private Set<Var> unbounded;
  private Masks masks;

  /**
   * @param builder takes the equations of the gradients
   * @param active what gradients are wanted of, directly or on the way
   * @param deferred active values that gradients are not built for; their uses are noted
   * @param names takes the names that gradients earn
   * @param truncation over how many steps of a recurrence gradients are carried; 0 if over all
   * @param unbounded the inputs that may be infinite or no number
   */
  ReverseSweep(
      Builder builder,
      Set<Var> active,
      Set<Var> deferred,
      Map<Var, String> names,
      int truncation,
      Set<Var> unbounded) {
    this.builder = builder;
    this.active = new HashSet<>(active);
    this.deferred = deferred;
    this.names = names;
    this.truncation = truncation;
    this.unbounded = unbounded;
  }

  /**
   * Adds to the gradient of a value.
   *
   * @param share which equation it comes from
   */
  void add(Var var, Var gradient, Origin share) {
    List<Origin> all = shares.computeIfAbsent(var, v -> new ArrayList<>());
    all.add(share);
    Var before = gradients.get(var);
    if (before != null) {
      builder.at(new Origin.Sum(all));
    }
    gradients.put(
        var, before == null ? gradient : builder.apply(Elementwise.ADD, before, gradient));
  }

  /** Notes that a gradient is the whole one of a value. */
  void complete(Var forward, Var gradient) {
    boolean source = sources.get(gradient) == forward;
    complete
        .computeIfAbsent(gradient, g -> new ArrayList<>())
        .add(new Origin.Of(gradient, forward, source));
  }

  /** Says of the equations of gradients what they are the whole gradients of. */
  void finish() {
    builder.equations().replaceAll(e -> e.from(finished(e)));
  }

  private Origin finished(Equation e) {
    List<Origin> equal = new ArrayList<>(List.of(e.origin()));
    List<Origin.Of> of = new ArrayList<>();
    for (Var out : e.outs()) {
      equal.addAll(passed.getOrDefault(out, List.of()));
      of.addAll(complete.getOrDefault(out, List.of()));
    }
    Origin how = Origin.equal(Pass.nameOf(Differentiate.class), equal, List.of());
    return of.isEmpty() ? how : new Origin.Gradient(of, how);
  }

  /** The gradient of a value, if one came to it. */
  Optional<Var> gradient(Var var) {
    return Optional.ofNullable(gradients.get(var));
  }

  /** The places that read deferred values. */
  List<Use> uses() {
    return uses;
  }

  /** The gradient of an equation's input from that of its output. */
  Var share(Equation equation, int input, Var gradient) {
    return masks.gradient(equation, input, gradient);
  }

  /** Whether the gradient of an equation's inputs must be masked where that of its output is 0. */
  boolean isMasked(Equation equation, Var gradient) {
    return masks.hold(equation, gradient);
  }

  /** Leaves the gradient of a value without a name of its own. */
  void leaveUnnamed(Var var) {
    unnamed.add(var);
  }

  /** The equation, with the further results that its gradient reads. */
  Equation extended(Equation equation) {
    return extended.getOrDefault(equation, equation);
  }

  void sweep(List<Equation> equations) {
    unbounded = Unbounded.among(equations, unbounded);
    masks = new Masks(builder, equations, unbounded);
    for (Equation e : equations) {
      if (!e.op().stopsGradient() && e.inputs().stream().anyMatch(active::contains)) {
        active.addAll(e.outs());
      }
    }
    ListIterator<Equation> last = equations.listIterator(equations.size());
    while (last.hasPrevious()) {
      Equation equation = last.previous();
      if (equation.op() instanceof Scan) {
        scan(equation);
      } else if (active.contains(equation.out())) {
        gradient(equation.out()).ifPresent(gradient -> propagate(equation, gradient));
      }
    }
  }

  private void scan(Equation equation) {
    boolean wanted = equation.outs().stream().anyMatch(gradients::containsKey);
    if (wanted && active.contains(equation.out())) {
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
      return new DifferentiateScan(
          equation, builder, active, gradients, names, truncation, unbounded, masks);
    } catch (Differentiate.Nondifferentiable e) {
      throw e.inside(equation);
    }
  }

  private void propagate(Equation equation, Var gradient) {
    complete(equation.out(), gradient);
    if (!unnamed.contains(equation.out())) {
      name(equation.out(), gradient);
      wish(equation, gradient);
    }
    for (int i = 0; i < equation.inputs().size(); i++) {
      Var input = equation.input(i);
      if (!active.contains(input) || !input.real()) {
        continue;
      }
      equation
          .op()
          .nondifferentiable()
          .ifPresent(
              reason -> {
                throw new Differentiate.Nondifferentiable(equation, reason);
              });
      if (deferred.contains(input)) {
        uses.add(new Use(equation, i, gradient));
        continue;
      }
      Origin origin = Origin.Share.of(equation, i);
      builder.at(origin);
      Var share = share(equation, i, gradient);
      if (share == gradient) {
        passOn(equation, input, gradient);
        passed.computeIfAbsent(gradient, g -> new ArrayList<>()).add(origin);
      } else if (share != null) {
        wishForPreactivation(equation, input, share);
      }
      if (share != null) {
        add(input, share, origin);
      }
    }
  }

  /**
   * Of values with the same gradient, the one that is computed last gives it its name, unless that
   * one only goes by another name: then the one that it comes from does.
   */
  void name(Var forward, Var gradient) {
    if (forward.named()) {
      boolean source = sources.get(gradient) == forward;
      String name = "d" + forward.name();
      names.merge(gradient, name, (a, b) -> source || Var.isWish(a) ? b : a);
    }
  }

  /** The gradient of a value without a name takes after what the value would be called. */
  private void wish(Equation forward, Var gradient) {
    String wish = forward.out().wish();
    boolean function = forward.op() instanceof Op.Pointwise p && p.cost() == Op.Cost.FUNCTION;
    if (wish.isEmpty() && function) {
      wish = forward.op().hint(forward.inputs());
    }
    if (!forward.out().named() && !wish.isEmpty()) {
      names.putIfAbsent(gradient, Var.wish("d" + wish));
    }
  }

  /** What a function of its own named equation is applied to is called z, as in lectures. */
  private void wishForPreactivation(Equation forward, Var input, Var gradient) {
    boolean function = forward.op() instanceof Op.Pointwise p && p.cost() == Op.Cost.FUNCTION;
    Var out = forward.out();
    String name = out.named() ? out.name() : out.wish();
    if (function && !name.isEmpty() && !input.named() && input.wish().isEmpty()) {
      names.putIfAbsent(gradient, Var.wish("dz_" + name));
    }
  }

  /** Notes that a value only goes by another name than the one that it comes from. */
  private void passOn(Equation equation, Var input, Var gradient) {
    if (equation.inputs().stream().filter(active::contains).count() == 1) {
      sources.put(gradient, input);
    }
  }
}
