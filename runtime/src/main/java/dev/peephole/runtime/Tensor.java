package dev.peephole.runtime;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * A named view on an array of numbers: real values in {@code float[]} or {@code double[]}, labels
 * in {@code int[]}.
 *
 * <p>The shape is that of one example, or of the whole for a parameter; the array of a batch holds
 * one such row after another. An axis of one example may be {@link #OPEN}: as long as the longest
 * example of the batch, which {@link Model#lengths} tells.
 */
public final class Tensor {
  /** Stands for the length of an axis that is known only when a batch arrives. */
  public static final int OPEN = -1;

  private final String name;
  private final int classes;
  private final int[] shape;
  private final Object array;

  private Tensor(String name, Object array, int classes, int[] shape) {
    this.name = name;
    this.array = array;
    this.classes = classes;
    this.shape = shape.clone();
  }

  /** Real values in single precision. */
  public static Tensor of(String name, float[] values, int... shape) {
    return new Tensor(name, values, 0, shape);
  }

  /** Real values in double precision, for checks. */
  public static Tensor of(String name, double[] values, int... shape) {
    return new Tensor(name, values, 0, shape);
  }

  /** Labels from 0 to {@code classes - 1}. */
  public static Tensor labels(String name, int classes, int[] values, int... shape) {
    return new Tensor(name, values, classes, shape);
  }

  public String name() {
    return name;
  }

  /** The number of classes of a label, 0 for real values. */
  public int classes() {
    return classes;
  }

  /** The lengths of the axes of one example, or of a parameter; empty for a scalar. */
  public int[] shape() {
    return shape.clone();
  }

  /** Whether it has an {@link #OPEN} axis. */
  public boolean open() {
    return Arrays.stream(shape).anyMatch(length -> length == OPEN);
  }

  /** The product of the shape: the numbers in one row; with an open axis, those of one step. */
  public int size() {
    return size(1);
  }

  /** The numbers in one row of a batch whose open axes have {@code steps} places. */
  public int size(int steps) {
    return Arrays.stream(shape)
        .map(length -> length == OPEN ? steps : length)
        .reduce(1, Math::multiplyExact);
  }

  /** The length of the array: the rows that there is room for times {@link #size}. */
  public int length() {
    return Array.getLength(array);
  }

  /** The backing {@code float[]}, {@code double[]} or {@code int[]} itself. */
  public Object array() {
    return array;
  }

  public double get(int index) {
    return Array.getDouble(array, index);
  }

  /** Stores a number, rounded to the array's precision; a label must be a whole number. */
  public void set(int index, double value) {
    if (array instanceof float[] floats) {
      floats[index] = (float) value;
    } else if (array instanceof double[] doubles) {
      doubles[index] = value;
    } else {
      ((int[]) array)[index] = (int) value;
    }
  }

  /** A tensor of the same name, shape and numbers with an array of its own. */
  public Tensor copy() {
    Object copied = Array.newInstance(array.getClass().getComponentType(), length());
    System.arraycopy(array, 0, copied, 0, length());
    return new Tensor(name, copied, classes, shape);
  }

  /** Takes over the first {@code count} numbers of another tensor, in this one's precision. */
  public void copyFrom(Tensor other, int count) {
    if (array.getClass() == other.array.getClass()) {
      System.arraycopy(other.array, 0, array, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        set(i, other.get(i));
      }
    }
  }

  /** Whether the first {@code count} numbers are all finite. */
  public boolean isFinite(int count) {
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
