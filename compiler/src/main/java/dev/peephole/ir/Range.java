package dev.peephole.ir;

import java.util.function.DoubleUnaryOperator;

/**
 * An interval that every number of a value lies in, in exact arithmetic: rounding may carry a
 * number from the inside of an open end onto it. What is no number at all lies nowhere.
 *
 * <p>The arithmetic is that of intervals (Moore, 1966), with ends that belong to them or not.
 *
 * @param low the lower end, which may be −∞
 * @param lowIn whether the lower end can be reached
 * @param high the upper end, which may be ∞
 * @param highIn whether the upper end can be reached
 * @param spread what is known of the numbers that are really taken
 */
public record Range(double low, boolean lowIn, double high, boolean highIn, Spread spread) {

  /** How much of an interval is known to be taken by ordinary inputs and parameters. */
  public enum Spread {
    /** Perhaps only a part of it: nothing is known. */
    SOME,
    /** All of it, because it is trained: each number moves by itself. */
    FREE,
    /** All of it, because something free had a part in it. */
    ALL
  }

  /** Anything. */
  public static final Range ANY =
      new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false, Spread.SOME);

  /** What is true is 1, what is false is 0. */
  public static final Range TRUTH = closed(0, 1);

  /**
   * Infinite ends are never reached; a lower end is not ∞, but what is last before it; 0 is not −0.
   */
  public Range {
    low = Double.isNaN(low) ? Double.NEGATIVE_INFINITY : Math.min(low, Double.MAX_VALUE) + 0.0;
    high = Double.isNaN(high) ? Double.POSITIVE_INFINITY : Math.max(high, -Double.MAX_VALUE) + 0.0;
    lowIn &= Double.isFinite(low);
    highIn &= Double.isFinite(high);
  }

  /** The numbers from one to another, both included. */
  public static Range closed(double low, double high) {
    return new Range(low, true, high, true, Spread.SOME);
  }

  /** The numbers between two others. */
  public static Range open(double low, double high) {
    return new Range(low, false, high, false, Spread.SOME);
  }

  /** A number and all above it. */
  public static Range from(double low) {
    return closed(low, Double.POSITIVE_INFINITY);
  }

  /** One number. */
  public static Range of(double number) {
    return closed(number, number);
  }

  public boolean isPoint() {
    return low == high;
  }

  /** Whether it has two ends. */
  public boolean isBounded() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  /** Whether it has no end. */
  public boolean isEverything() {
    return Double.isInfinite(low) && Double.isInfinite(high);
  }

  /** Whether a number can be among them. */
  public boolean holds(double number) {
    return (lowIn ? number >= low : number > low) && (highIn ? number <= high : number < high);
  }

  /** Whether all numbers of this lie in another. */
  public boolean isWithin(Range other) {
    return (low > other.low || low == other.low && (other.lowIn || !lowIn))
        && (high < other.high || high == other.high && (other.highIn || !highIn));
  }

  /** Whether all of the interval is known to be taken. */
  public boolean isTaken() {
    return spread == Spread.ALL;
  }

  public Range with(Spread other) {
    return new Range(low, lowIn, high, highIn, other);
  }

  /** The smallest interval around both. */
  public Range join(Range other) {
    boolean mine = other.isWithin(this);
    boolean theirs = isWithin(other);
    Spread both = mine ? spread : theirs ? other.spread : Spread.SOME;
    if (mine && theirs && spread != other.spread) {
      both = Spread.SOME;
    }
    return new Range(
        Math.min(low, other.low),
        low < other.low ? lowIn : low > other.low ? other.lowIn : lowIn || other.lowIn,
        Math.max(high, other.high),
        high > other.high ? highIn : high < other.high ? other.highIn : highIn || other.highIn,
        both);
  }

  /**
   * This with its ends moved to 0, or beyond it to infinity, where another goes beyond them (Cousot
   * & Cousot, 1977).
   */
  public Range widened(Range next) {
    Range all = join(next);
    boolean down = all.low < low || all.low == low && all.lowIn && !lowIn;
    boolean up = all.high > high || all.high == high && all.highIn && !highIn;
    return new Range(
        down ? lower(all.low) : low,
        lowIn || down,
        up ? -lower(-all.high) : high,
        highIn || up,
        all.spread);
  }

  private static double lower(double end) {
    return end >= 0 ? 0 : Double.NEGATIVE_INFINITY;
  }

  /** The part of this that lies in another; if there is none, the nearer end of the other. */
  public Range within(Range other) {
    return clampedBelow(other).negated().clampedBelow(other.negated()).negated();
  }

  private Range clampedBelow(Range other) {
    if (high < other.low) {
      return of(other.low);
    }
    boolean same = low == other.low;
    return low > other.low
        ? this
        : new Range(
            other.low, other.lowIn && (lowIn || !same), high, highIn || high == other.low, spread);
  }

  public Range negated() {
    return new Range(-high, highIn, -low, lowIn, spread);
  }

  public Range plus(Range other) {
    return new Range(
        low + other.low,
        lowIn && other.lowIn,
        high + other.high,
        highIn && other.highIn,
        sum(other));
  }

  public Range minus(Range other) {
    return plus(other.negated());
  }

  public Range times(Range other) {
    End[] ends = {
      lowEnd().times(other.lowEnd()),
      lowEnd().times(other.highEnd()),
      highEnd().times(other.lowEnd()),
      highEnd().times(other.highEnd())
    };
    return between(ends, sum(other));
  }

  /** Anything if the divisor can be 0 between its ends. */
  public Range over(Range other) {
    if (other.low < 0 && other.high > 0 || other.isPoint() && other.low == 0) {
      return ANY.with(other.isPoint() ? Spread.SOME : only(other));
    }
    Range inverse =
        other.low >= 0
            ? new Range(
                1 / other.high,
                other.highIn,
                other.low == 0 ? Double.POSITIVE_INFINITY : 1 / other.low,
                other.lowIn,
                other.spread)
            : new Range(
                other.high == 0 ? Double.NEGATIVE_INFINITY : 1 / other.high,
                other.highIn,
                1 / other.low,
                other.lowIn,
                other.spread);
    return times(inverse).with(only(other));
  }

  /** The image under a function that never falls; it must know its limits at infinity. */
  public Range increasing(DoubleUnaryOperator f) {
    return new Range(f.applyAsDouble(low), lowIn, f.applyAsDouble(high), highIn, spread);
  }

  /** The same of a function that jumps: its ends are reached where they are finite. */
  public Range stepping(DoubleUnaryOperator f) {
    Range image = increasing(f);
    return new Range(image.low, true, image.high, true, Spread.SOME);
  }

  public Range abs() {
    if (low >= 0) {
      return this;
    }
    if (high <= 0) {
      return negated();
    }
    boolean up = high > -low;
    boolean same = high == -low;
    boolean in = same ? lowIn || highIn : up ? highIn : lowIn;
    return new Range(0, true, Math.max(high, -low), in, spread);
  }

  public Range squared() {
    return abs().increasing(x -> x * x);
  }

  /** Every number to the power of another, where that is a number. */
  public Range power(Range exponent) {
    if (exponent.isPoint()) {
      return power(exponent.low);
    }
    if (isPoint() && low > 0) {
      return low >= 1
          ? exponent.increasing(b -> Math.pow(low, b))
          : exponent.negated().increasing(b -> Math.pow(1 / low, b));
    }
    return low > 0 ? open(0, Double.POSITIVE_INFINITY) : low == 0 ? from(0) : ANY;
  }

  private Range power(double exponent) {
    if (exponent == 0) {
      return of(1);
    }
    if (exponent < 0) {
      return of(1).over(power(-exponent)).with(spread);
    }
    if (exponent % 2 == 0) {
      return abs().increasing(x -> Math.pow(x, exponent));
    }
    Range base = exponent == Math.rint(exponent) ? this : within(from(0));
    return base.increasing(x -> Math.pow(x, exponent));
  }

  public Range max(Range other) {
    Range joined = join(other);
    boolean in = low == other.low ? lowIn && other.lowIn : low > other.low ? lowIn : other.lowIn;
    return new Range(Math.max(low, other.low), in, joined.high, joined.highIn, only(other));
  }

  public Range min(Range other) {
    return negated().max(other.negated()).negated();
  }

  /** The sum of at least {@code least} and at most {@code most} such numbers. */
  public Range total(double least, double most) {
    End bottom = new End(low < 0 ? most : least, true).times(lowEnd());
    End top = new End(high < 0 ? least : most, true).times(highEnd());
    return new Range(bottom.at, bottom.in, top.at, top.in, Spread.SOME);
  }

  /** What is taken of a sum or product of this and another. */
  private Spread sum(Range other) {
    if (isPoint() || other.isPoint()) {
      return only(other);
    }
    return spread == Spread.FREE || other.spread == Spread.FREE ? Spread.ALL : Spread.SOME;
  }

  /** What is taken of the image of this and another, known if one of them is a single number. */
  private Spread only(Range other) {
    return other.isPoint() ? spread : isPoint() ? other.spread : Spread.SOME;
  }

  private End lowEnd() {
    return new End(low, lowIn);
  }

  private End highEnd() {
    return new End(high, highIn);
  }

  private static Range between(End[] ends, Spread spread) {
    End least = ends[0];
    End most = ends[0];
    for (End end : ends) {
      least = end.at < least.at || end.at == least.at && end.in ? end : least;
      most = end.at > most.at || end.at == most.at && end.in ? end : most;
    }
    return new Range(least.at, least.in, most.at, most.in, spread);
  }

  /** An end of an interval. */
  private record End(double at, boolean in) {

    /** 0 · ∞ is 0, because ∞ is only ever a limit. */
    End times(End other) {
      if (at == 0 || other.at == 0) {
        return new End(0, at == 0 && in || other.at == 0 && other.in);
      }
      return new End(at * other.at, in && other.in);
    }
  }

  @Override
  public String toString() {
    return (lowIn ? "[" : "(") + low + ", " + high + (highIn ? "]" : ")");
  }
}
