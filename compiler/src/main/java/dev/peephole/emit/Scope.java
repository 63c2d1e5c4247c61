package dev.peephole.emit;

import dev.peephole.ir.Scalar;
import dev.peephole.loop.Expr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known where an expression stands.
 *
 * @param time the time step of the recurrence around it
 * @param positions what the positions along the axes of the loops around it are called
 * @param flat the position in one loop over everything, if there is such a loop and not one an axis
 * @param known numbers that are in variables, too
 */
public record Scope(
    Optional<Expr> time, List<String> positions, Optional<Expr> flat, Map<Scalar, Expr> known) {
  public Scope {
    positions = List.copyOf(positions);
    known = Map.copyOf(known);
  }

  /** Outside of recurrences and loops. */
  public static final Scope OUTSIDE =
      new Scope(Optional.empty(), List.of(), Optional.empty(), Map.of());

  /** In the body of a recurrence; outside, if the time step has no name. */
  public static Scope at(String time) {
    return time.isEmpty()
        ? OUTSIDE
        : new Scope(Optional.of(Expr.position(time)), List.of(), Optional.empty(), Map.of());
  }

  /** In loops over axes. */
  public Scope over(List<String> names) {
    return new Scope(time, names, flat, known);
  }

  /** In one loop over everything. */
  public Scope flat(String position) {
    return new Scope(time, positions, Optional.of(Expr.position(position)), known);
  }

  /** Where a number is in a variable. */
  public Scope knowing(Scalar number, Expr variable) {
    Map<Scalar, Expr> more = new HashMap<>(known);
    more.put(number, variable);
    return new Scope(time, positions, flat, more);
  }
}
