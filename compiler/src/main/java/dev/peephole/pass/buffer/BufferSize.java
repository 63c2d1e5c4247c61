package dev.peephole.pass.buffer;

import dev.peephole.ir.Element;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;

/**
 * How many numbers a value has.
 *
 * @param element what sort of numbers
 * @param examples to which power of the batch's size it grows
 * @param steps to which power of the number of time steps
 * @param numbers for one example and one time step
 */
public record BufferSize(Element element, int examples, int steps, int numbers) {

  public static BufferSize of(Var var) {
    Shape shape = var.shape();
    return new BufferSize(
        var.element(), shape.count(Shape.BATCH), shape.count(Shape.OPEN), shape.size());
  }

  /** Whether it is known before there is a batch. */
  public boolean fixed() {
    return examples == 0 && steps == 0;
  }

  /** Whether so many of the other one are fewer numbers still. */
  public boolean isMore(BufferSize other, int times) {
    return fixed() == other.fixed() && numbers > times * other.numbers;
  }

  /** Whether the other one fits in, however many examples and time steps a batch has. */
  public boolean covers(BufferSize other) {
    return element == other.element
        && fixed() == other.fixed()
        && examples >= other.examples
        && steps >= other.steps
        && numbers >= other.numbers;
  }
}
