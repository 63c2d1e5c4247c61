package dev.peephole.kernel;

import dev.peephole.ir.Shape;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The places of a value from one position to another along each of its axes.
 *
 * @param shape that of the value
 */
public record Box(Shape shape, List<Interval> intervals) {
  public Box {
    intervals = List.copyOf(intervals);
  }

  /** All places. */
  public static Box whole(Shape shape) {
    return new Box(shape, shape.axes().stream().map(Interval::along).toList());
  }

  /** Whether all of it lies in the value. */
  public boolean isInside() {
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!intervals.get(axis).isIn(Interval.along(shape.axis(axis)))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it goes from end to end of each axis whose length only a batch has. */
  public boolean isPart() {
    for (int axis = 0; axis < shape.rank(); axis++) {
      boolean whole = intervals.get(axis).equals(Interval.along(shape.axis(axis)));
      if (!whole && !Interval.isFixed(shape.axis(axis))) {
        return false;
      }
    }
    return true;
  }

  /** How many places of an example's step it has in common with another one. */
  public long common(Box other) {
    long count = 1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (Interval.isFixed(shape.axis(axis))) {
        count *= intervals.get(axis).common(other.intervals.get(axis));
      }
    }
    return count;
  }

  /** Whether others, no two of which have places in common, have all of its places. */
  public boolean isCoveredBy(List<Box> others) {
    return others.stream().mapToLong(this::common).sum() == common(this);
  }

  @Override
  public String toString() {
    return intervals.stream().map(Interval::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
