package dev.peephole.ir;

import dev.peephole.source.Span;
import java.util.List;

/**
 * {@code outs = op(inputs)}; only a {@link Scan} has more than one result.
 *
 * @param origin the place in a model file that it comes from
 */
public record Equation(List<Var> outs, Op op, List<Var> inputs, Span origin) {
  public Equation {
    outs = List.copyOf(outs);
    inputs = List.copyOf(inputs);
  }

  /** An equation with one result. */
  public Equation(Var out, Op op, List<Var> inputs, Span origin) {
    this(List.of(out), op, inputs, origin);
  }

  /** The result, or the first of several. */
  public Var out() {
    return outs.get(0);
  }

  public Var input(int index) {
    return inputs.get(index);
  }
}
