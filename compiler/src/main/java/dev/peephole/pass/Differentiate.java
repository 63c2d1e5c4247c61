package dev.peephole.pass;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;

/**
 * Appends the gradient of the last output, a scalar, with respect to some inputs: reverse-mode
 * differentiation (Linnainmaa, 1970), one pass over the equations from the last to the first.
 *
 * <pre>
 * before   y = x @ W        loss = sum(y)
 * after    y = x @ W        loss = sum(y)        dy = broadcast(1)        dW = xᵀ @ dy
 * </pre>
 */
public final class Differentiate implements Pass {
  private final int count;

  /**
   * @param count how many inputs, the last ones, to differentiate by; their gradients become
   *     further outputs, in their order
   */
  public Differentiate(int count) {
    this.count = count;
  }

  @Override
  public Function run(Function function) {
    return new Tape(function).backward();
  }

  /** A derivative that is asked for where there is none. */
  public static final class Nondifferentiable extends RuntimeException {
    private final transient Equation equation;

    Nondifferentiable(Equation equation, String reason) {
      super(reason);
      this.equation = equation;
    }

    public Equation equation() {
      return equation;
    }
  }

  private final class Tape {
    private final Function function;
    private final Builder builder = new Builder();
    private final List<Var> parameters;
    private final Set<Var> active;
    private final Map<Var, Var> gradients = new HashMap<>();
    private final Map<Var, String> names = new HashMap<>();

    Tape(Function function) {
      this.function = function;
      List<Var> inputs = function.inputs();
      parameters = inputs.subList(inputs.size() - count, inputs.size());
      active = new HashSet<>(parameters);
    }

    Function backward() {
      markActive();
      Var loss = function.outputs().get(function.outputs().size() - 1);
      gradients.put(loss, builder.apply(new Constant(1, "")));
      List<Equation> forward = function.equations();
      ListIterator<Equation> last = forward.listIterator(forward.size());
      while (last.hasPrevious()) {
        Equation equation = last.previous();
        Var gradient = gradients.get(equation.out());
        if (gradient != null && active.contains(equation.out())) {
          if (equation.out() != loss) {
            name(equation.out(), gradient);
            wish(equation, gradient);
          }
          propagate(equation, gradient);
        }
      }
      parameters.forEach(p -> name(p, gradientOf(p)));
      return new Renaming(names).apply(withGradients());
    }

    /** A value is active if a parameter influences it. */
    private void markActive() {
      for (Equation e : function.equations()) {
        if (e.inputs().stream().anyMatch(active::contains)) {
          active.add(e.out());
        }
      }
    }

    private void propagate(Equation equation, Var gradient) {
      builder.at(equation.origin());
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
                  throw new Nondifferentiable(equation, reason);
                });
        Var share = equation.op().gradient(i, new Backward(builder, equation, gradient));
        if (share == gradient) {
          passOn(equation, input, gradient);
        }
        if (share != null) {
          gradients.merge(input, share, (a, b) -> builder.apply(Elementwise.ADD, a, b));
        }
      }
    }

    /** Of values with the same gradient, the one that is computed last gives it its name. */
    private void name(Var forward, Var gradient) {
      if (forward.named()) {
        names.merge(gradient, "d" + forward.name(), (a, b) -> Var.isWish(a) ? b : a);
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

    /** A value that only goes by another name: the one that it comes from gives its gradient's. */
    private void passOn(Equation equation, Var input, Var gradient) {
      boolean only = equation.inputs().stream().filter(active::contains).count() == 1;
      if (only && input.named() && input.shape().equals(gradient.shape())) {
        names.put(gradient, "d" + input.name());
      }
    }

    private Var gradientOf(Var parameter) {
      return gradients.computeIfAbsent(parameter, p -> zeros(p.shape()));
    }

    private Var zeros(Shape shape) {
      Var zero = builder.apply(new Constant(0, ""));
      return Broadcast.lead(builder, zero, shape);
    }

    private Function withGradients() {
      List<Equation> equations = new ArrayList<>(function.equations());
      equations.addAll(builder.equations());
      List<Var> outputs = new ArrayList<>(function.outputs());
      parameters.forEach(p -> outputs.add(gradients.get(p)));
      return new Function(function.name(), function.inputs(), equations, outputs);
    }
  }
}
