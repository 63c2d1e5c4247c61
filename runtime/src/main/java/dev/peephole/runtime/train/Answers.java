package dev.peephole.runtime.train;

import dev.peephole.runtime.Tensor;

/**
 * What an output of a network says its target is.
 *
 * <p>For a label the output has a number for each class, and the class with the largest is the
 * answer. For a target of zeros and ones, or of two classes, the output may be a single number, and
 * the answer is whether that exceeds 1/2.
 *
 * @param count how many answers there are for an example
 * @param choices how many numbers each is read from
 */
record Answers(Tensor output, Tensor target, int count, int choices) {

  /** What an output says of a target. */
  static Answers of(Tensor output, Tensor target) {
    return new Answers(output, target, target.size(), output.size() / target.size());
  }

  /** Whether the output can be read in that way. */
  boolean fit() {
    int classes = target.classes();
    return output.size() == count * choices && (choices == 1 ? classes <= 2 : choices == classes);
  }

  /** The i-th answer in the buffer, counted over the examples. */
  int get(int i) {
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
