package dev.peephole.runtime.data.scaling;

import java.util.Arrays;

/** Between which two numbers those of a column lie. */
public record Spread(double least, double greatest) {
  /** By how many units in its last place a number may be off through a few roundings. */
  private static final int ROUNDINGS = 4;

  /** The spread of at least one number. */
  public static Spread of(double[] values) {
    double least = Arrays.stream(values).min().orElseThrow();
    return new Spread(least, Arrays.stream(values).max().orElseThrow());
  }

  /** Whether they are all the same number, such as 0.3 and 0.1 + 0.2. */
  public boolean isRounding() {
    return greatest - least <= ROUNDINGS * Math.ulp(magnitude()) || least == greatest;
  }

  /** The greatest absolute value. */
  double magnitude() {
    return Math.max(Math.abs(least), Math.abs(greatest));
  }
}
