package dev.peephole.emit;

import dev.peephole.ir.Scalar;
import dev.peephole.loop.Expr;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known where an expression stands.
 *
 * @param time the time step of the recurrence around it
 * @param flat the position in one loop over everything, if there is such a loop and not one an axis
 * @param known numbers that are in variables, too
 */
public record Scope(Optional<Expr> time, Optional<Expr> flat, Map<Scalar, Expr> known) {
  public Scope {
    known = Map.copyOf(known);
  }

  /** Outside of recurrences, in loops over axes. */
  public static final Scope OUTSIDE = new Scope(Optional.empty(), Optional.empty(), Map.of());

  /** In the body of a recurrence; outside, if the time step has no name. */
  public static Scope at(String time) {
    return time.isEmpty()
        ? OUTSIDE
        : new Scope(Optional.of(Expr.position(time)), Optional.empty(), Map.of());
  }

  /** In one loop over everything. */
  public Scope flat(String position) {
    return new Scope(time, Optional.of(Expr.position(position)), known);
  }

  /** Where a number is in a variable. */
  public Scope knowing(Scalar number, Expr variable) {
    Map<Scalar, Expr> more = new HashMap<>(known);
    more.put(number, variable);
    return new Scope(time, flat, more);
  }

  /** Where a number is in no variable any more. */
  public Scope forgetting(Scalar number) {
    Map<Scalar, Expr> less = new HashMap<>(known);
    less.remove(number);
    return new Scope(time, flat, less);
  }
}
