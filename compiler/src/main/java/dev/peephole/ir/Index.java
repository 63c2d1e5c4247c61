package dev.peephole.ir;

/** A position along one axis of a value, inside a loop. */
public sealed interface Index {

  /** Where the loop over axis {@code axis} of its domain stands. */
  record Loop(int axis) implements Index {}

  /** {@code base + by}. */
  record Shifted(Index base, int by) implements Index {}

  /** Always the same. */
  record Fixed(int position) implements Index {}

  /** So many places before the end of an open axis: {@code T - by}. */
  record FromEnd(int by) implements Index {}

  /** The time step of the recurrence around the loop. */
  record Time() implements Index {}

  /** Where a label points. */
  record Label(Scalar label) implements Index {}

  /** This position moved by a number. */
  default Index shifted(int by) {
    if (by == 0) {
      return this;
    }
    if (this instanceof Fixed fixed) {
      return new Fixed(fixed.position() + by);
    }
    if (this instanceof Shifted shifted) {
      return shifted.base().shifted(shifted.by() + by);
    }
    return new Shifted(this, by);
  }
}
