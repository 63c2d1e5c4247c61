package dev.peephole.runtime.opencl;

import java.util.function.IntFunction;
import org.jocl.Pointer;
import org.jocl.cl_mem;

/**
 * A value in a device's memory. Where the training loop looks at it too, an array on the host
 * stands beside it; {@link DeviceModel} says when the one is copied to the other.
 */
public final class Buffer {

  /** What a value is made of. */
  enum Kind {
    REALS(Float.BYTES, float[]::new),
    LABELS(Integer.BYTES, int[]::new),
    TRUTHS(Byte.BYTES, boolean[]::new);

    final int bytes;
    private final IntFunction<Object> array;

    Kind(int bytes, IntFunction<Object> array) {
      this.bytes = bytes;
      this.array = array;
    }
  }

  private final Kind kind;
  private final int size;
  private int perExample;
  private int perStep;
  private cl_mem memory;
  private Object host;
  private int length;

  /** A value of so many numbers, unless it is said to be one for each example or time step. */
  Buffer(Kind kind, int size) {
    this.kind = kind;
    this.size = size;
    this.length = size;
  }

  /** It has so many numbers for each example. */
  public Buffer perExample() {
    perExample++;
    length = 0;
    return this;
  }

  /** It has so many numbers for each time step of the longest example. */
  public Buffer perStep() {
    perStep++;
    length = 0;
    return this;
  }

  /** The array on the host. */
  public float[] reals() {
    return (float[]) host();
  }

  /** The array on the host, of labels. */
  public int[] labels() {
    return (int[]) host();
  }

  /** The array on the host, of truths. */
  public boolean[] truths() {
    return (boolean[]) host();
  }

  private Object host() {
    if (host == null) {
      host = kind.array.apply(length);
    }
    return host;
  }

  Kind kind() {
    return kind;
  }

  /** How many numbers it has for a batch of {@code n} examples, the longest of {@code T} steps. */
  int count(int n, int T) {
    return Math.toIntExact(numbers(n, T));
  }

  private long numbers(int n, int T) {
    long count = size;
    for (int axis = 0; axis < perExample; axis++) {
      count = Math.multiplyExact(count, n);
    }
    for (int axis = 0; axis < perStep; axis++) {
      count = Math.multiplyExact(count, T);
    }
    return count;
  }

  /** The bytes that it takes for such a batch. */
  long bytes(int n, int T) {
    return Math.multiplyExact(numbers(n, T), kind.bytes);
  }

  /** The bytes of so many numbers. */
  long bytes(int count) {
    return (long) count * kind.bytes;
  }

  /** How many numbers there is room for. */
  int length() {
    return length;
  }

  /** The host's array, for transfers. */
  Pointer pointer() {
    return host() instanceof float[] reals ? Pointer.to(reals) : Pointer.to((int[]) host);
  }

  cl_mem memory() {
    return memory;
  }

  /** Stands from here on for this part of the device's memory, in which so many numbers fit. */
  void place(cl_mem part, int numbers) {
    if (numbers != length) {
      host = null;
    }
    memory = part;
    length = numbers;
  }
}
