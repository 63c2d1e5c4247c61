package dev.peephole.runtime.opencl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values one after another in one piece of memory, such as all parameters: one kernel updates them,
 * and one transfer copies them.
 */
public final class Arena {
  private final int alignment;
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>();
  private final Buffer whole;
  private long length;
  private float[] all = {};

  /**
   * @param device whose memory it is to be in
   */
  Arena(Device device) {
    this.alignment = Math.max(1, device.alignment() / Float.BYTES);
    this.whole = new Buffer(Buffer.Kind.REALS, 0);
  }

  /** A value with so many numbers, after those that are there. */
  public Buffer add(int size) {
    Buffer buffer = new Buffer(Buffer.Kind.REALS, size);
    starts.add(length);
    buffers.add(buffer);
    length += ((long) size + alignment - 1) / alignment * alignment;
    return buffer;
  }

  /** The value at a place in the order in which they were added. */
  Buffer buffer(int place) {
    return buffers.get(place);
  }

  /** Sets every number on the host. */
  public void fill(float number) {
    buffers.forEach(buffer -> Arrays.fill(buffer.reals(), number));
  }

  /** All of it, the gaps between values included. */
  public Buffer whole() {
    return whole;
  }

  /** How many numbers it has, the gaps between values included. */
  public int length() {
    return Math.toIntExact(length);
  }

  long bytes() {
    return length * Float.BYTES;
  }

  /** Puts the values into memory. */
  void place(Memory memory) {
    whole.place(memory.allocate(bytes()), length());
    memory.clear(whole.memory(), bytes());
    for (int i = 0; i < buffers.size(); i++) {
      Buffer buffer = buffers.get(i);
      long from = starts.get(i) * Float.BYTES;
      long bytes = buffer.bytes(buffer.length());
      buffer.place(memory.part(whole.memory(), from, bytes), buffer.length());
    }
  }

  /** The numbers on the host, in the order of the device's, gathered from the values' arrays. */
  float[] gather() {
    copy(true);
    return all;
  }

  /** Room for all numbers on the host; {@link #scatter} takes them from there. */
  float[] room() {
    all = all.length == length ? all : new float[length()];
    return all;
  }

  /** Hands the numbers in {@link #room} out to the values' arrays. */
  void scatter() {
    copy(false);
  }

  private void copy(boolean together) {
    float[] room = room();
    for (int i = 0; i < buffers.size(); i++) {
      float[] own = buffers.get(i).reals();
      int start = Math.toIntExact(starts.get(i));
      System.arraycopy(
          together ? own : room,
          together ? 0 : start,
          together ? room : own,
          together ? start : 0,
          own.length);
    }
  }
}
