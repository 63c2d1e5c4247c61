package dev.peephole.ir;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An expression for one number, inside a loop. */
public sealed interface Scalar {

  /**
   * A constant.
   *
   * @param name what the model calls it, empty if it gives it no name
   * @param made what it was computed from while compiling; constants of one value are one, whatever
   *     that was
   */
  record Number(double value, String name, Optional<Apply> made) implements Scalar {
    @Override
    public boolean equals(Object other) {
      return other instanceof Number number
          && Double.compare(value, number.value) == 0
          && name.equals(number.name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(value, name);
    }
  }

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

  /**
   * {@code then} where {@code from <= position < to} and the position is a multiple of {@code
   * step}, else {@code otherwise}.
   */
  record WhereWithin(Index position, int from, int to, int step, Scalar then, Scalar otherwise)
      implements Scalar {
    public WhereWithin(Index position, int from, int to, Scalar then, Scalar otherwise) {
      this(position, from, to, 1, then, otherwise);
    }

    /** Whether the position can be one of those before the first. */
    public boolean canBeBefore() {
      return from > position.constant()
          || position.factors().values().stream().anyMatch(factor -> factor < 0);
    }
  }

  /** Whether {@code position < limit}. */
  record Before(Index position, Scalar limit) implements Scalar {}

  /** The reduction's value so far, or a number that a loop has just computed. */
  record Local(String name) implements Scalar {}

  static Scalar number(double value) {
    return new Number(value, "", Optional.empty());
  }

  /**
   * The same expression of other parts. Nothing else knows what parts an expression has: whoever
   * walks through one does it by this method.
   */
  default Scalar of(UnaryOperator<Scalar> numbers, UnaryOperator<Index> positions) {
    if (this instanceof Load load) {
      return new Load(load.var(), load.at().stream().map(positions).toList());
    } else if (this instanceof Apply apply) {
      return new Apply(apply.op(), apply.inputs().stream().map(numbers).toList());
    } else if (this instanceof WhereSame where) {
      return new WhereSame(
          positions.apply(where.left()),
          positions.apply(where.right()),
          numbers.apply(where.then()),
          numbers.apply(where.otherwise()));
    } else if (this instanceof WhereWithin where) {
      return new WhereWithin(
          positions.apply(where.position()),
          where.from(),
          where.to(),
          where.step(),
          numbers.apply(where.then()),
          numbers.apply(where.otherwise()));
    } else if (this instanceof Before before) {
      return new Before(positions.apply(before.position()), numbers.apply(before.limit()));
    }
    return this;
  }

  /** The expression with other positions in place of the variables, also where labels are read. */
  default Scalar substitute(Function<Index.Variable, Index> positions) {
    return of(
        part -> part.substitute(positions),
        index ->
            index.substitute(
                variable ->
                    variable instanceof Index.Label label
                        ? Index.label(label.label().substitute(positions))
                        : positions.apply(variable)));
  }

  /** Shows each number, from outside in, and each variable of the positions. */
  default void forEach(Consumer<Scalar> numbers, Consumer<Index.Variable> variables) {
    numbers.accept(this);
    of(
        part -> {
          part.forEach(numbers, variables);
          return part;
        },
        index -> {
          index.forEach(
              variable -> {
                variables.accept(variable);
                if (variable instanceof Index.Label label) {
                  label.label().forEach(numbers, variables);
                }
              });
          return index;
        });
  }
}
