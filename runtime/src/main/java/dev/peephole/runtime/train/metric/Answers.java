package dev.peephole.runtime.train.metric;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Sequences;

/**
 * What an output of a network says its target is.
 *
 * <p>For a label the output has a number for each class, and the class with the largest is the
 * answer. For a target of zeros and ones, or of two classes, the output may be a single number, and
 * the answer is whether that exceeds 1/2. Of a sequence, the steps up to its own end count.
 *
 * @param lengths how many steps each example of the batch has, if some tensors are {@link
 *     Tensor#open}
 * @param open whether the target has a value at each step
 * @param width how many answers there are for an example, or for a step
 * @param choices how many numbers each is read from
 */
public record Answers(
    Tensor output, Tensor target, int[] lengths, boolean open, int width, int choices) {

  /** What an output says of a target. */
  public static Answers of(Tensor output, Tensor target, int[] lengths) {
    int choices = output.size() / target.size();
    return new Answers(output, target, lengths, target.open(), target.size(), choices);
  }

  /** Whether the output can be read in that way. */
  public boolean fit() {
    int classes = target.classes();
    return output.open() == open
        && output.size() == width * choices
        && (choices == 1 ? classes <= 2 : choices == classes);
  }

  /** Whether target and output are numbers, side by side. */
  public boolean numbers() {
    return target.classes() == 0 && output.open() == open && output.size() == width;
  }

  /** Whether an example has more than one answer. */
  public boolean several() {
    return open || width > 1;
  }

  /** How many places a batch of n examples has for the answers of each. */
  public int stride(int n) {
    return open ? Sequences.longest(lengths, n) * width : width;
  }

  /** How many answers an example has; they lie at its first places. */
  public int count(int example) {
    return open ? lengths[example] * width : width;
  }

  /** The answer at the i-th place of the batch. */
  public int get(int i) {
    if (choices == 1) {
      return output.get(i) > 0.5 ? 1 : 0;
    }
    int best = 0;
    for (int c = 1; c < choices; c++) {
      if (output.get(i * choices + c) > output.get(i * choices + best)) {
        best = c;
      }
    }
    return best;
  }
}
