package dev.peephole.kernel;

import dev.peephole.ir.Shape;

/**
 * A whole number {@code constant + examples · N + steps · T}, where {@code N} is the size of the
 * batch and {@code T} the length of open axes, both at least 1.
 */
public record Bound(int constant, int examples, int steps) {

  /** A number that is known. */
  public static Bound of(int constant) {
    return new Bound(constant, 0, 0);
  }

  /** The length of an axis. */
  public static Bound length(int axis) {
    return switch (axis) {
      case Shape.BATCH -> new Bound(0, 1, 0);
      case Shape.OPEN -> new Bound(0, 0, 1);
      default -> of(axis);
    };
  }

  public Bound plus(Bound other) {
    return new Bound(constant + other.constant, examples + other.examples, steps + other.steps);
  }

  public Bound plus(int number) {
    return plus(of(number));
  }

  public Bound times(int factor) {
    return new Bound(constant * factor, examples * factor, steps * factor);
  }

  /** The quotient, rounded down; it is known of numbers that do not depend on a batch. */
  public Bound over(int divisor) {
    if (examples != 0 || steps != 0) {
      throw new IllegalArgumentException("nothing is known of (" + this + ") / " + divisor);
    }
    return of(Math.floorDiv(constant, divisor));
  }

  /** Whether it is no more than another one, however many examples and time steps there are. */
  boolean isAtMost(Bound other) {
    Bound more = plus(other.times(-1));
    return more.examples <= 0 && more.steps <= 0 && more.constant + more.examples + more.steps <= 0;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    add(examples, "N", text);
    add(steps, "T", text);
    add(constant, "", text);
    return text.isEmpty() ? "0" : text.toString();
  }

  private static void add(int factor, String length, StringBuilder text) {
    if (factor == 0) {
      return;
    }
    int size = Math.abs(factor);
    String plus = text.isEmpty() ? "" : " + ";
    String minus = text.isEmpty() ? "−" : " − ";
    text.append(factor < 0 ? minus : plus);
    text.append(size == 1 && !length.isEmpty() ? "" : size).append(length);
  }
}
