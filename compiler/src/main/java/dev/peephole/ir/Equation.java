package dev.peephole.ir;

import java.util.List;
import java.util.Objects;

/**
 * {@code outs = op(inputs)}; only a {@link Scan} has more than one result.
 *
 * @param origin where it comes from; every equation knows it
 */
public record Equation(List<Var> outs, Op op, List<Var> inputs, Origin origin) {
  public Equation {
    outs = List.copyOf(outs);
    inputs = List.copyOf(inputs);
    Objects.requireNonNull(origin);
  }

  /** An equation with one result. */
  public Equation(Var out, Op op, List<Var> inputs, Origin origin) {
    this(List.of(out), op, inputs, origin);
  }

  /** The result, or the first of several. */
  public Var out() {
    return outs.get(0);
  }

  public Var input(int index) {
    return inputs.get(index);
  }

  /** The same equation with another origin. */
  public Equation from(Origin other) {
    return new Equation(outs, op, inputs, other);
  }
}
