package dev.peephole.op;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import java.util.List;
import java.util.Optional;

/** Ranges that follow from how the inputs of an op hang together. */
final class Bounds {
  private Bounds() {}

  static Range sum(Ranging r) {
    if (same(r)) {
      return r.x(0).times(Range.of(2));
    }
    return mixture(r, 0, 1).or(() -> mixture(r, 1, 0)).orElseGet(() -> r.x(0).plus(r.x(1)));
  }

  /** u · a + (1 − u) · b lies between a and b if u lies between 0 and 1. */
  private static Optional<Range> mixture(Ranging r, int first, int second) {
    Optional<Equation> left = by(r, r.var(first), Elementwise.MULTIPLY);
    Optional<Equation> right = by(r, r.var(second), Elementwise.MULTIPLY);
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    Var share = left.get().input(0);
    return by(r, right.get().input(0), Elementwise.SUBTRACT)
        .filter(rest -> r.number(rest.input(0)).equals(Optional.of(1.0)))
        .filter(rest -> r.same(rest.input(1), share))
        .filter(rest -> r.ranges().apply(share).isWithin(Range.closed(0, 1)))
        .map(rest -> range(r, left.get().input(1)).join(range(r, right.get().input(1))))
        .map(mixed -> mixed.with(Range.Spread.SOME));
  }

  private static Range range(Ranging r, Var var) {
    return r.ranges().apply(var);
  }

  private static Optional<Equation> by(Ranging r, Var var, Elementwise op) {
    return r.definition(var, Elementwise.class).filter(e -> e.op() == op);
  }

  /** x − max x is never more than 0. */
  static Range difference(Ranging r) {
    if (same(r)) {
      return Range.of(0);
    }
    Range difference = r.x(0).minus(r.x(1));
    return peak(r, r.var(0), r.var(1))
        .map(max -> r.var(0).shape().pick(max.axes()))
        .map(axes -> axes.fixed() && axes.size() == 1 ? Range.Spread.SOME : r.x(0).spread())
        .map(difference.min(Range.of(0))::with)
        .orElse(difference);
  }

  /** The maximum that a value is, perhaps repeated, if it is one of the numbers of another. */
  private static Optional<ReduceMax> peak(Ranging r, Var all, Var greatest) {
    Optional<Equation> around =
        r.definition(greatest, Broadcast.class)
            .or(() -> r.definition(greatest, StopGradient.class));
    if (around.isPresent()) {
      return peak(r, all, around.get().input(0));
    }
    return r.definition(greatest, ReduceMax.class)
        .filter(e -> e.input(0) == all)
        .map(e -> (ReduceMax) e.op());
  }

  /**
   * Whether a sum is Σ exp(x − max x) along the axes of the maximum, which is at least 1: one of
   * its terms is exp(0).
   */
  static boolean isTotal(Ranging r, List<Integer> axes) {
    return by(r, r.var(0), Elementwise.EXP)
        .flatMap(exp -> by(r, exp.input(0), Elementwise.SUBTRACT))
        .flatMap(gap -> peak(r, gap.input(0), gap.input(1)))
        .filter(max -> max.axes().equals(axes))
        .isPresent();
  }

  static Range product(Ranging r) {
    return same(r) ? r.x(0).squared() : r.x(0).times(r.x(1));
  }

  /** x / Σ x is from 0 to 1 if no x is negative, and less than 1 if others are there. */
  static Range quotient(Ranging r) {
    Range quotient = r.x(0).over(r.x(1));
    Optional<Shape> summed = summed(r, r.var(0), r.var(1));
    if (r.x(0).low() < 0 || summed.isEmpty()) {
      return quotient;
    }
    boolean positive = !r.x(0).holds(0);
    boolean others = summed.get().fixed() && summed.get().size() > 1;
    return new Range(0, !positive, 1, !(positive && others), r.x(0).spread());
  }

  /** The axes that a value is summed over, if another is that sum, repeated along them. */
  private static Optional<Shape> summed(Ranging r, Var part, Var whole) {
    Optional<Equation> broadcast = r.definition(whole, Broadcast.class);
    return broadcast
        .flatMap(b -> r.definition(b.input(0), Sum.class))
        .filter(sum -> r.same(own(r, sum.input(0)), part))
        .map(sum -> ((Sum) sum.op()).axes())
        .filter(axes -> ((Broadcast) broadcast.get().op()).kept().equals(part.shape().others(axes)))
        .map(axes -> part.shape().pick(axes));
  }

  /** The value whose padding was replaced by 0, if this is one. */
  private static Var own(Ranging r, Var var) {
    return by(r, var, Elementwise.WHERE)
        .filter(e -> r.definition(e.input(0), PaddingMask.class).isPresent())
        .filter(e -> r.number(e.input(2)).equals(Optional.of(0.0)))
        .map(e -> e.input(1))
        .orElse(var);
  }

  /** A comparison of values that lie apart has one answer. */
  static Range less(Ranging r) {
    return less(difference(r), true);
  }

  static Range greaterOrEqual(Ranging r) {
    return less(difference(r), false);
  }

  static Range greater(Ranging r) {
    return less(difference(r).negated(), true);
  }

  static Range lessOrEqual(Ranging r) {
    return less(difference(r).negated(), false);
  }

  /** 1 if a difference is always below 0 and 0 if it never is, or the other way round. */
  private static Range less(Range difference, boolean below) {
    if (difference.high() < 0) {
      return Range.of(below ? 1 : 0);
    }
    return difference.low() >= 0 ? Range.of(below ? 0 : 1) : Range.TRUTH;
  }

  /** Each branch is only taken where the condition lets it be. */
  static Range choice(Ranging r) {
    if (r.x(0).isPoint()) {
      return r.x(0).low() == 0 ? r.x(2) : r.x(1);
    }
    Optional<Equation> condition = r.definition(r.var(0), Elementwise.class);
    return branch(r, condition, 1, true).join(branch(r, condition, 2, false));
  }

  /** The range of a branch; of a value that the condition compares with a number, a part of it. */
  private static Range branch(Ranging r, Optional<Equation> condition, int input, boolean holds) {
    Range range = r.x(input);
    if (condition.isEmpty() || condition.get().inputs().size() != 2) {
      return range;
    }
    List<Var> compared = condition.get().inputs();
    Elementwise op = (Elementwise) condition.get().op();
    Range left = r.ranges().apply(compared.get(0));
    Range right = r.ranges().apply(compared.get(1));
    if (compared.get(0) == r.var(input) && right.isPoint()) {
      return range.within(half(op, right.low(), holds));
    }
    return compared.get(1) == r.var(input) && left.isPoint()
        ? range.negated().within(half(op, -left.low(), holds)).negated()
        : range;
  }

  /** Where {@code x op number} holds, or does not. */
  private static Range half(Elementwise op, double number, boolean holds) {
    boolean less = op == Elementwise.LESS || op == Elementwise.LESS_EQUAL;
    boolean more = op == Elementwise.GREATER || op == Elementwise.GREATER_EQUAL;
    if (!less && !more) {
      return Range.ANY;
    }
    boolean with = op == Elementwise.LESS_EQUAL || op == Elementwise.GREATER_EQUAL;
    Range above =
        new Range(number, holds == with, Double.POSITIVE_INFINITY, false, Range.ANY.spread());
    Range below =
        new Range(Double.NEGATIVE_INFINITY, false, number, holds == with, Range.ANY.spread());
    return more == holds ? above : below;
  }

  private static boolean same(Ranging r) {
    return r.same(r.var(0), r.var(1));
  }
}
