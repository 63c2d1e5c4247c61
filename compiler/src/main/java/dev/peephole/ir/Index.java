package dev.peephole.ir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * A position along one axis of a value, inside a loop: a sum of variables with factors, and a
 * constant, such as {@code 2 · i + k − 1}.
 *
 * @param factors what each variable is multiplied by, in the order in which they are written; no
 *     factor is 0
 * @param constant what is added
 */
public record Index(Map<Variable, Integer> factors, int constant) {
  /** The positions of loops over a few axes, of which there are many. */
  private static final List<Index> LOOPS =
      IntStream.range(0, 8).mapToObj(axis -> of(new Loop(axis))).toList();

  public Index {
    factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
  }

  /** What a position may depend on. */
  public sealed interface Variable {}

  /** Where the loop over axis {@code axis} of its domain stands. */
  public record Loop(int axis) implements Variable {}

  /** The time step of the recurrence around the loop. */
  public record Time() implements Variable {}

  /** The length {@code T} of an open axis. */
  public record Steps() implements Variable {}

  /** Where a label points. */
  public record Label(Scalar label) implements Variable {}

  /** A position divided by a number, where it is a multiple of that. */
  public record Quotient(Index of, int by) implements Variable {}

  /** A variable alone. */
  public static Index of(Variable variable) {
    return new Index(Map.of(variable, 1), 0);
  }

  /** Where the loop over an axis of its domain stands. */
  public static Index loop(int axis) {
    return axis < LOOPS.size() ? LOOPS.get(axis) : of(new Loop(axis));
  }

  /** Always the same position. */
  public static Index fixed(int position) {
    return new Index(Map.of(), position);
  }

  /** So many places before the end of an open axis: {@code T − by}. */
  public static Index fromEnd(int by) {
    return of(new Steps()).shifted(-by);
  }

  /** Where a label points. */
  public static Index label(Scalar label) {
    return of(new Label(label));
  }

  /** This position moved by a number. */
  public Index shifted(int by) {
    return new Index(factors, constant + by);
  }

  /** The sum of two positions. */
  public Index plus(Index other) {
    Map<Variable, Integer> sum = new LinkedHashMap<>(factors);
    other.factors.forEach((variable, factor) -> sum.merge(variable, factor, Integer::sum));
    sum.values().removeIf(factor -> factor == 0);
    return new Index(sum, constant + other.constant);
  }

  /** The position times a number. */
  public Index times(int factor) {
    if (factor == 0) {
      return fixed(0);
    }
    Map<Variable, Integer> product = new LinkedHashMap<>(factors);
    product.replaceAll((variable, old) -> old * factor);
    return new Index(product, constant * factor);
  }

  /** The greatest number that all factors are multiples of, 0 if there are none. */
  public int commonFactor() {
    return factors.values().stream().reduce(0, Index::commonFactor);
  }

  private static int commonFactor(int a, int b) {
    return b == 0 ? Math.abs(a) : commonFactor(b, a % b);
  }

  /** The position divided by a number that it is a multiple of. */
  public Index over(int divisor) {
    boolean even =
        constant % divisor == 0 && factors.values().stream().allMatch(f -> f % divisor == 0);
    if (!even) {
      return of(new Quotient(this, divisor));
    }
    Map<Variable, Integer> quotient = new LinkedHashMap<>(factors);
    quotient.replaceAll((variable, factor) -> factor / divisor);
    return new Index(quotient, constant / divisor);
  }

  /** The position with another in place of each variable, inside quotients too. */
  public Index substitute(Function<Variable, Index> other) {
    Index sum = fixed(constant);
    for (Map.Entry<Variable, Integer> term : factors.entrySet()) {
      Index inside =
          term.getKey() instanceof Quotient quotient
              ? quotient.of.substitute(other).over(quotient.by)
              : other.apply(term.getKey());
      sum = sum.plus(inside.times(term.getValue()));
    }
    return sum;
  }

  /** The number, where the variables have values. */
  public int at(ToIntFunction<Variable> values) {
    int sum = constant;
    for (Map.Entry<Variable, Integer> term : factors.entrySet()) {
      int value =
          term.getKey() instanceof Quotient quotient
              ? Math.floorDiv(quotient.of.at(values), quotient.by)
              : values.applyAsInt(term.getKey());
      sum += value * term.getValue();
    }
    return sum;
  }

  /** Shows each variable that the position depends on, inside quotients too. */
  public void forEach(Consumer<Variable> variables) {
    for (Variable variable : factors.keySet()) {
      if (variable instanceof Quotient quotient) {
        quotient.of.forEach(variables);
      } else {
        variables.accept(variable);
      }
    }
  }

  /** The position without its constant. */
  public Index base() {
    return shifted(-constant);
  }
}
