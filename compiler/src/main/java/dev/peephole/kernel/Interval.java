package dev.peephole.kernel;

import dev.peephole.ir.Shape;

/** The whole numbers from {@code first} to {@code last}, both included. */
public record Interval(Bound first, Bound last) {

  /** All positions along an axis. */
  public static Interval along(int axis) {
    return new Interval(Bound.of(0), Bound.length(axis).plus(-1));
  }

  /** One number. */
  public static Interval of(int number) {
    return new Interval(Bound.of(number), Bound.of(number));
  }

  public Interval plus(Interval other) {
    return new Interval(first.plus(other.first), last.plus(other.last));
  }

  public Interval plus(int number) {
    return plus(of(number));
  }

  public Interval times(int factor) {
    Bound a = first.times(factor);
    Bound b = last.times(factor);
    return factor < 0 ? new Interval(b, a) : new Interval(a, b);
  }

  /** The quotients of those of its numbers that are multiples. */
  Interval inside(int divisor) {
    return new Interval(first.times(-1).over(divisor).times(-1), last.over(divisor));
  }

  /** The quotients of its numbers, rounded down. */
  public Interval over(int divisor) {
    return new Interval(first.over(divisor), last.over(divisor));
  }

  /** What of it is known to be in another one too. */
  public Interval and(Interval other) {
    return new Interval(
        other.first.isAtMost(first) ? first : other.first,
        last.isAtMost(other.last) ? last : other.last);
  }

  /** Whether nothing is in it, however many examples and time steps there are. */
  public boolean isEmpty() {
    return last.plus(1).isAtMost(first);
  }

  /** Whether all of it is in another one. */
  public boolean isIn(Interval other) {
    return other.first.isAtMost(first) && last.isAtMost(other.last);
  }

  /** How many numbers, if they do not depend on the batch, are in both. */
  int common(Interval other) {
    int from = Math.max(first.constant(), other.first.constant());
    int to = Math.min(last.constant(), other.last.constant());
    return Math.max(0, to - from + 1);
  }

  /** Whether an axis has its length before there is a batch. */
  static boolean isFixed(int axis) {
    return axis != Shape.BATCH && axis != Shape.OPEN;
  }

  @Override
  public String toString() {
    return first + " … " + last;
  }
}
