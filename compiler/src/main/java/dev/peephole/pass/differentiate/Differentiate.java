package dev.peephole.pass.differentiate;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Program;
import dev.peephole.ir.Range;
import dev.peephole.ir.Role;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.range.Ranges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Appends the gradients of the loss, a scalar, with respect to the parameters: reverse-mode
 * differentiation (Linnainmaa, 1970), one pass over the equations from the last to the first.
 *
 * <pre>
 * before   y = x @ W        loss = sum(y)
 * after    y = x @ W        loss = sum(y)        dy = broadcast(1)        dW = xᵀ @ dy
 * </pre>
 */
public final class Differentiate implements Pass {
  private final int truncation;
  private final List<Range> states;

  /** Through all steps of recurrences, of a network without layers that keep states. */
  public Differentiate() {
    this(0, List.of());
  }

  /**
   * @param truncation over how many steps of a recurrence gradients are carried; 0 if over all
   * @param states what is known of the states that layers keep, in their order
   */
  private Differentiate(int truncation, List<Range> states) {
    this.truncation = truncation;
    this.states = List.copyOf(states);
  }

  /** As far as the cells of a program reach, and with what is known of its states. */
  public static Differentiate of(Program program) {
    return new Differentiate(program.truncation(), Ranges.ofStates(program));
  }

  @Override
  public Function run(Function function) {
    return backward(function);
  }

  /** A derivative that is asked for where there is none. */
  public static final class Nondifferentiable extends RuntimeException {
    private final transient List<Equation> equations;

    Nondifferentiable(Equation equation, String reason) {
      this(List.of(equation), reason);
    }

    private Nondifferentiable(List<Equation> equations, String reason) {
      super(reason);
      this.equations = equations;
    }

    /** The same error inside the step of a scan. */
    Nondifferentiable inside(Equation scan) {
      List<Equation> all = new ArrayList<>(equations);
      all.add(scan);
      return new Nondifferentiable(all, getMessage());
    }

    /** The equation without a derivative, and then the scans that it stands in. */
    public List<Equation> equations() {
      return equations;
    }
  }

  private Function backward(Function function) {
    List<Var> parameters = function.inputs(Role.PARAMETER);
    Var loss = function.outputs(Role.LOSS).get(0);
    Map<Var, Range> ranges = new HashMap<>();
    Iterator<Range> state = states.iterator();
    function.inputs(Role.STATE).forEach(kept -> ranges.put(kept, state.next()));
    Builder builder = new Builder();
    ReverseSweep sweep =
        new ReverseSweep(
            builder, new HashSet<>(parameters), Set.of(), truncation, Ranges.of(function, ranges));
    Origin origin = definition(loss, function);
    builder.at(Origin.of(name(), origin));
    sweep.add(loss, builder.apply(new Constant(1, "")), origin);
    sweep.sweep(function.equations());
    List<Var> gradients = new ArrayList<>();
    for (Var parameter : parameters) {
      Var gradient =
          sweep.gradient(parameter).orElseGet(() -> zeros(builder, parameter.shape(), origin));
      sweep.complete(parameter, gradient);
      gradients.add(gradient);
    }
    sweep.finish();
    List<Equation> equations =
        new ArrayList<>(function.equations().stream().map(sweep::extended).toList());
    equations.addAll(builder.equations());
    Map<Role, List<Var>> outputs = function.outputsByRole();
    outputs.put(Role.GRADIENT, gradients);
    return Function.of(function.name(), function.inputsByRole(), equations, outputs);
  }

  private static Origin definition(Var loss, Function function) {
    return function.equations().stream()
        .filter(e -> e.outs().contains(loss))
        .findFirst()
        .map(Equation::origin)
        .orElse(Origin.NOWHERE);
  }

  private Var zeros(Builder builder, Shape shape, Origin loss) {
    builder.at(Origin.of(name(), loss));
    return Broadcast.lead(builder, builder.apply(new Constant(0, "")), shape);
  }
}
