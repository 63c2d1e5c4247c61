package dev.peephole.runtime.train;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.Examples;
import java.util.List;

/** Gathers batches of examples in the buffers of a model. Allocates nothing when it fills. */
final class Feed {
  private final Object[] sources;
  private final Object[] buffers;
  private final int[] widths;

  /**
   * @param examples where the rows come from
   * @param tensors the buffers, in the order of the examples' tensors
   */
  Feed(Examples examples, List<Tensor> tensors) {
    sources = examples.arrays().toArray();
    buffers = tensors.stream().map(Tensor::array).toArray();
    widths = tensors.stream().mapToInt(Tensor::size).toArray();
  }

  /** Puts the examples {@code rows[from]} … {@code rows[from + n - 1]} into the first n rows. */
  void fill(int[] rows, int from, int n) {
    for (int t = 0; t < sources.length; t++) {
      int width = widths[t];
      for (int i = 0; i < n; i++) {
        copy(sources[t], rows[from + i] * width, buffers[t], i * width, width);
      }
    }
  }

  private static void copy(Object source, int from, Object buffer, int to, int count) {
    if (buffer instanceof double[] wide) {
      for (int k = 0; k < count; k++) {
        wide[to + k] = ((float[]) source)[from + k];
      }
    } else {
      System.arraycopy(source, from, buffer, to, count);
    }
  }
}
