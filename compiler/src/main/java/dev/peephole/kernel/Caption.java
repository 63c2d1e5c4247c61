package dev.peephole.kernel;

import dev.peephole.ir.Origin;
import dev.peephole.ir.Var;
import java.util.Optional;

/**
 * A line above a kernel.
 *
 * @param text an equation in mathematical notation, or what else there is to say
 * @param of the value whose equation it is, if it is one
 * @param origin where the equation comes from, with those that are written out in it
 */
public record Caption(String text, Optional<Var> of, Origin origin) {

  /** The equation of another value that has the same numbers. */
  Caption of(Var other) {
    return new Caption(text, Optional.of(other), origin);
  }
}
