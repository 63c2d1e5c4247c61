package dev.peephole.range;

import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Range;
import dev.peephole.ir.Var;

/**
 * What a declaration expects of a value: {@code expect p within 0 .. 1 else "…"}.
 *
 * @param value of which it is expected
 * @param range where it should lie, or where it should not always lie
 * @param within which of the two
 * @param warning what is said if it is otherwise
 */
public record Expectation(Var value, Range range, boolean within, Diagnostic warning) {

  /** The same of another value. */
  public Expectation of(Var other) {
    return new Expectation(other, range, within, warning);
  }

  /** Whether it fails: a number outside is really taken, or none outside is ever there. */
  boolean failsFor(Range numbers) {
    return within ? numbers.isTaken() && !numbers.isWithin(range) : numbers.isWithin(range);
  }
}
