package dev.peephole.ir;

import dev.peephole.source.Span;
import java.util.List;

/**
 * {@code out = op(inputs)}.
 *
 * @param origin the place in a model file that it comes from
 */
public record Equation(Var out, Op op, List<Var> inputs, Span origin) {
  public Equation {
    inputs = List.copyOf(inputs);
  }

  public Var input(int index) {
    return inputs.get(index);
  }
}
