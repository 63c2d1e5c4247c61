package dev.peephole.ir;

import java.util.List;

/** An expression for one number, inside a loop. */
public sealed interface Scalar {

  /** A constant; the name is empty if the model gives it none. */
  record Number(double value, String name) implements Scalar {}

  /** A number of a value. */
  record Load(Var var, List<Index> at) implements Scalar {
    public Load {
      at = List.copyOf(at);
    }
  }

  /** A pointwise op of numbers. */
  record Apply(Op op, List<Scalar> inputs) implements Scalar {
    public Apply {
      inputs = List.copyOf(inputs);
    }
  }

  /** The number of examples in the batch. */
  record BatchSize() implements Scalar {}

  /** Whether this is a step of training. */
  record Training() implements Scalar {}

  /** {@code then} where the two positions are the same, else {@code otherwise}. */
  record WhereSame(Index left, Index right, Scalar then, Scalar otherwise) implements Scalar {}

  /** {@code then} where {@code from <= position < to}, else {@code otherwise}. */
  record WhereWithin(Index position, int from, int to, Scalar then, Scalar otherwise)
      implements Scalar {}

  /** Whether {@code position < limit}. */
  record Before(Index position, Scalar limit) implements Scalar {}

  /** The reduction's value so far, or a number that a loop has just computed. */
  record Local(String name) implements Scalar {}

  static Scalar number(double value) {
    return new Number(value, "");
  }
}
