package dev.peephole.ir;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What the range rule of an op has at hand.
 *
 * @param equation whose result is asked for
 * @param ranges what is known of its inputs
 * @param definitions the equation that computes a value, {@code null} for an input
 */
public record Ranging(
    Equation equation, Function<Var, Range> ranges, Function<Var, Equation> definitions) {

  /** How far back two values are compared. */
  private static final int DEPTH = 4;

  /** An input. */
  public Var var(int index) {
    return equation.input(index);
  }

  /** The range of an input. */
  public Range x(int index) {
    return ranges.apply(equation.input(index));
  }

  /** The equation that computes a value by an op of this class, if one does. */
  public Optional<Equation> definition(Var var, Class<? extends Op> sort) {
    return Optional.ofNullable(definitions.apply(var)).filter(e -> sort.isInstance(e.op()));
  }

  /** Whether two values are equal because they are computed alike. */
  public boolean same(Var left, Var right) {
    return same(left, right, DEPTH);
  }

  private boolean same(Var left, Var right, int depth) {
    if (left == right) {
      return true;
    }
    Equation mine = definitions.apply(left);
    Equation theirs = definitions.apply(right);
    return depth > 0
        && mine != null
        && theirs != null
        && mine.outs().indexOf(left) == theirs.outs().indexOf(right)
        && mine.op().equals(theirs.op())
        && IntStream.range(0, mine.inputs().size())
            .allMatch(i -> same(mine.input(i), theirs.input(i), depth - 1));
  }

  /** The number that a value is made of, if it is the same everywhere and known. */
  public Optional<Double> number(Var var) {
    Range range = ranges.apply(var);
    return range.isPoint() ? Optional.of(range.low()) : Optional.empty();
  }
}
