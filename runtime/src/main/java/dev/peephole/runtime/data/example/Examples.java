package dev.peephole.runtime.data.example;

import dev.peephole.runtime.Tensor;
import java.util.BitSet;
import java.util.List;

/**
 * Examples that are ready for a model.
 *
 * @param count how many there are
 * @param tensors what they fill
 * @param arrays for each tensor the numbers of all examples one after another, {@code float[]} or,
 *     for labels, {@code int[]}
 * @param starts if some tensors take sequences of any length: the first step of each example among
 *     the steps of all, and behind the last one how many these are; else nothing
 * @param follows the numbers of those that begin where the example before ends, in one series
 */
public record Examples(
    int count, List<Tensor> tensors, List<Object> arrays, int[] starts, BitSet follows) {

  /** Whether some tensors take sequences of any length. */
  public boolean sequences() {
    return starts.length > 0;
  }

  /** How many steps an example has; 1 if no tensor takes sequences of any length. */
  public int steps(int example) {
    return sequences() ? starts[example + 1] - starts[example] : 1;
  }
}
