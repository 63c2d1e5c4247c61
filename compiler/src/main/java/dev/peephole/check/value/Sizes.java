package dev.peephole.check.value;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Shape;
import dev.peephole.source.Span;

/** How large a value may be. */
public final class Sizes {
  /** An array of the generated code holds no more numbers than these. */
  private static final long MOST = 1L << 30;

  private Sizes() {}

  /** The shape itself, if an array can hold its numbers. */
  public static Shape checked(Shape shape, Span place) {
    double numbers = 1;
    for (int axis : shape.example().axes()) {
      numbers *= Math.max(axis, 1);
    }
    if (numbers > MOST) {
      throw new CheckException(
          Diagnostic.error(Code.SHAPE, place, shape.example() + " is too large")
              .note("an array holds at most " + MOST + " numbers"));
    }
    return shape;
  }
}
