package dev.peephole.ir;

import java.util.ArrayList;
import java.util.List;
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
 */
public record Shape(List<Integer> axes) {

  /** The length of the batch axis. */
  public static final int BATCH = -1;

  /** The length of an open axis. */
  public static final int OPEN = -2;

  /** One number. */
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    axes = List.copyOf(axes);
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
    return new Shape(axes.subList(0, count));
  }

  /** The last {@code count} axes. */
  public Shape last(int count) {
    return new Shape(axes.subList(rank() - count, rank()));
  }

  public Shape append(Shape inner) {
    List<Integer> all = new ArrayList<>(axes);
    all.addAll(inner.axes);
    return new Shape(all);
  }

  /** The axes at these positions. */
  public Shape pick(List<Integer> positions) {
    return new Shape(positions.stream().map(axes::get).toList());
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
    return new Shape(changed);
  }

  /** A length as people read it: {@code N}, {@code T} or the number. */
  public static String text(int length) {
    return length == BATCH ? "N" : length == OPEN ? "T" : String.valueOf(length);
  }

  @Override
  public String toString() {
    return axes.stream().map(Shape::text).collect(Collectors.joining(", ", "[", "]"));
  }
}
