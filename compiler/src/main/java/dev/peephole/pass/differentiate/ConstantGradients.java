package dev.peephole.pass.differentiate;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Recurrence.Input;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.op.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The gradients of what is the same at all time steps. None is taken within the step if that can be
 * one op over all time steps, after it: dU = sPrevᵀ @ dz. Else it is the sum of each step's.
 */
final class ConstantGradients {
  private final Recurrence forward;
  private final ForwardValues values;
  private final ReverseSweep sweep;
  private final BackwardScan backward;
  private final List<Share> shares = new ArrayList<>();
  private final List<Input> results = new ArrayList<>();

  ConstantGradients(
      Recurrence forward, ForwardValues values, ReverseSweep sweep, BackwardScan backward) {
    this.forward = forward;
    this.values = values;
    this.sweep = sweep;
    this.backward = backward;
  }

  /**
   * What one use of a constant adds to its gradient.
   *
   * @param whole the op over all time steps at once, if there is such a one
   * @param emitted the gradient of the op's result, or else that of the constant at one time step
   */
  private record Share(ReverseSweep.Use use, Optional<Op> whole, Var emitted) {}

  /** Makes what they are computed from results of the backward scan. */
  void emit(Builder inner, Set<Var> active) {
    sweep.uses().stream()
        .filter(use -> active.contains(values.given(formal(use))))
        .forEach(use -> emit(use, inner));
    for (Input constant : forward.constants()) {
      Optional<Var> gradient = sweep.gradient(constant.formal());
      if (gradient.isPresent() && active.contains(constant.given())) {
        results.add(constant);
        backward.emit(gradient.get());
      }
    }
  }

  private void emit(ReverseSweep.Use use, Builder inner) {
    Equation e = use.equation();
    List<Boolean> varying = e.inputs().stream().map(v -> !values.isConstant(v)).toList();
    Optional<Op> whole =
        sweep.isMasked(e, use.input(), use.gradient())
            ? Optional.empty()
            : e.op().lifted(forward.length(), varying);
    inner.at(Origin.Share.of(e, use.input()));
    Var gradient = whole.isPresent() ? use.gradient() : sweep.share(e, use.input(), use.gradient());
    if (gradient != null) {
      shares.add(new Share(use, whole, gradient));
      backward.emit(gradient);
    }
  }

  private static Var formal(ReverseSweep.Use use) {
    return use.equation().input(use.input());
  }

  /**
   * Writes the gradients once the backward scan is there.
   *
   * @param handed the origin of what the scan hands on to an input of its step
   */
  void write(Function<Var, Origin> handed, Builder outer, InputGradients gradients) {
    for (Share share : shares) {
      Equation e = share.use.equation();
      Origin origin = Origin.Share.of(e, share.use.input());
      outer.at(origin);
      Var all = backward.all(share.emitted);
      Var gradient =
          share
              .whole
              .map(
                  op -> op.gradient(share.use.input(), new Backward(outer, whole(e, op, all), all)))
              .orElseGet(() -> outer.apply(new Sum(List.of(0)), all));
      gradients.add(values.given(formal(share.use)), gradient, origin);
    }
    for (Input constant : results) {
      Origin origin = handed.apply(constant.formal());
      outer.at(origin);
      Var all = backward.all(sweep.gradient(constant.formal()).orElseThrow());
      gradients.add(constant.given(), outer.apply(new Sum(List.of(0)), all), origin);
    }
  }

  /** An equation of the step over all time steps. */
  private Equation whole(Equation e, Op lifted, Var gradient) {
    List<Var> inputs = e.inputs().stream().map(values::given).toList();
    return new Equation(Var.of("", Type.real(gradient.shape())), lifted, inputs, e.origin());
  }
}
