package dev.peephole.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The lengths of a value's axes, outermost first; numbers lie in memory in that order (row-major).
 *
 * <p>One axis may be {@link #BATCH}, whose length is known only when a batch arrives; it prints as
 * {@code N}. It is the first one, except in sequences that a {@link Scan} goes through, where time
 * is.
 *
 * <p>Others may be {@link #OPEN}: all of them have the length of the longest sequence of the batch,
 * and print as {@code T}. Of a shorter sequence, what lies behind its end is padding.
 *
 * <p>How axes are called, {@code pass.naming.MarkTime} finds out; shapes of the same lengths are
 * equal, whatever is known of that.
 *
 * @param times which axes are known to run along time
 * @param around in how many recurrences the value stands, whose time steps have letters too
 */
public record Shape(List<Integer> axes, Set<Integer> times, int around) {

  /** The length of the batch axis. */
  public static final int BATCH = -1;

  /** The length of an open axis. */
  public static final int OPEN = -2;

  /** One number. */
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    axes = List.copyOf(axes);
    times = Set.copyOf(times);
  }

  public Shape(List<Integer> axes) {
    this(axes, Set.of(), 0);
  }

  public static Shape of(Integer... axes) {
    return new Shape(List.of(axes));
  }

  public int rank() {
    return axes.size();
  }

  public int axis(int position) {
    return axes.get(position);
  }

  /** Whether an axis is time: it is open, in front of the batch, or known to be. */
  public boolean isTime(int position) {
    return axis(position) == OPEN || position < axes.indexOf(BATCH) || times.contains(position);
  }

  /** The same lengths, some of them known to be of time, in so many recurrences. */
  public Shape timed(Set<Integer> positions, int recurrences) {
    return new Shape(axes, positions, recurrences);
  }

  public boolean batched() {
    return axes.contains(BATCH);
  }

  /** Whether an axis is open. */
  public boolean open() {
    return axes.contains(OPEN);
  }

  /** Whether all lengths are known before a batch arrives. */
  public boolean fixed() {
    return !batched() && !open();
  }

  /** How many axes have this length, which may be {@link #BATCH} or {@link #OPEN}. */
  public int count(int length) {
    int count = 0;
    for (int axis : axes) {
      count += axis == length ? 1 : 0;
    }
    return count;
  }

  /** The shape of one example: without the batch axis. */
  public Shape example() {
    return batched() ? without(List.of(axes.indexOf(BATCH))) : this;
  }

  /** This shape for each example of a batch. */
  public Shape perExample() {
    return Shape.of(BATCH).append(this);
  }

  /** The shape for a batch of so many examples, the longest of which has so many steps. */
  public Shape forBatch(int examples, int steps) {
    Integer[] lengths = new Integer[rank()];
    for (int axis = 0; axis < lengths.length; axis++) {
      int n = axis(axis);
      lengths[axis] = n == BATCH ? examples : n == OPEN ? steps : n;
    }
    return of(lengths);
  }

  /**
   * The product of the axes, without the batch axis and open ones: the numbers in one example, or
   * in one step of it.
   */
  public int size() {
    int size = 1;
    for (int axis : axes) {
      size = axis < 0 ? size : Math.multiplyExact(size, axis);
    }
    return size;
  }

  /** The first {@code count} axes. */
  public Shape first(int count) {
    return pick(IntStream.range(0, count).boxed().toList());
  }

  /** The last {@code count} axes. */
  public Shape last(int count) {
    return pick(IntStream.range(rank() - count, rank()).boxed().toList());
  }

  public Shape append(Shape inner) {
    List<Integer> all = new ArrayList<>(axes);
    all.addAll(inner.axes);
    Set<Integer> both = new HashSet<>(times);
    inner.times.forEach(position -> both.add(rank() + position));
    return new Shape(all, both, Math.max(around, inner.around));
  }

  /** The axes at these positions. */
  public Shape pick(List<Integer> positions) {
    Set<Integer> kept = new HashSet<>();
    for (int i = 0; i < positions.size() && !times.isEmpty(); i++) {
      if (times.contains(positions.get(i))) {
        kept.add(i);
      }
    }
    return new Shape(positions.stream().map(axes::get).toList(), kept, around);
  }

  /** All axes but those at these positions. */
  public Shape without(List<Integer> positions) {
    return pick(others(positions));
  }

  /** The positions that are not in the list, ascending. */
  public List<Integer> others(List<Integer> positions) {
    return IntStream.range(0, rank()).filter(i -> !positions.contains(i)).boxed().toList();
  }

  /** This shape with another length at one position. */
  public Shape with(int position, int length) {
    List<Integer> changed = new ArrayList<>(axes);
    changed.set(position, length);
    return new Shape(changed, times, around);
  }

  /** A length as people read it: {@code N}, {@code T} or the number. */
  public static String text(int length) {
    return length == BATCH ? "N" : length == OPEN ? "T" : String.valueOf(length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && axes.equals(shape.axes);
  }

  @Override
  public int hashCode() {
    return axes.hashCode();
  }

  @Override
  public String toString() {
    return axes.stream().map(Shape::text).collect(Collectors.joining(", ", "[", "]"));
  }
}
