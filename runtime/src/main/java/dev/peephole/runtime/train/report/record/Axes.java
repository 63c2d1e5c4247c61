package dev.peephole.runtime.train.report.record;

import dev.peephole.runtime.Insight;
import dev.peephole.runtime.Tensor;

/**
 * Where the numbers of a batch lie in a value: how many there are, and which example, time step and
 * unit each belongs to.
 *
 * <p>Time is the axis of any length or, where an axis comes before that of the examples, the first
 * one: so lies what a recurrence computes step by step. A unit is a place along the last axis of an
 * example.
 */
final class Axes {
  private final int[] lengths;
  private final int examples;
  private final int batch;
  private final int time;
  private final int unit;
  private final int batchStride;
  private final int timeStride;
  private final int unitStride;

  /**
   * @param axes as {@link Insight} says
   * @param n how many examples the batch has
   * @param steps how many time steps open axes have
   */
  Axes(int[] axes, int n, int steps) {
    lengths = new int[axes.length];
    examples = n;
    int batchAxis = -1;
    int timeAxis = -1;
    for (int a = 0; a < axes.length; a++) {
      batchAxis = axes[a] == Insight.BATCH ? a : batchAxis;
      timeAxis = axes[a] == Tensor.OPEN ? a : timeAxis;
      lengths[a] = axes[a] == Insight.BATCH ? n : axes[a] == Tensor.OPEN ? steps : axes[a];
    }
    batch = batchAxis;
    time = timeAxis < 0 && batchAxis > 0 ? 0 : timeAxis;
    boolean one = axes.length - 1 == batch || axes.length - 1 == time;
    unit = one ? -1 : axes.length - 1;
    batchStride = stride(batch);
    timeStride = stride(time);
    unitStride = stride(unit);
  }

  /** Whether it has a number for each example. */
  boolean batched() {
    return batch >= 0;
  }

  /** Whether it is computed one time step after another. */
  boolean recurrent() {
    return time >= 0 && time < batch;
  }

  /** How many numbers it has. */
  int size() {
    return stride(-1);
  }

  /** How many time steps it has; 1 if it has no time. */
  int steps() {
    return time < 0 ? 1 : lengths[time];
  }

  /** How many units it has. */
  int units() {
    return unit < 0 ? 1 : lengths[unit];
  }

  /** Which example a number belongs to. */
  int example(int i) {
    return i / batchStride % examples;
  }

  /** Which time step it belongs to; the first if it has no time. */
  int step(int i) {
    return time < 0 ? 0 : i / timeStride % lengths[time];
  }

  /** Which unit it belongs to. */
  int unit(int i) {
    return unit < 0 ? 0 : i / unitStride % lengths[unit];
  }

  private int stride(int axis) {
    int stride = 1;
    for (int a = axis + 1; a < lengths.length; a++) {
      stride *= lengths[a];
    }
    return stride;
  }
}
