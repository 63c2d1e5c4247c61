package dev.peephole.runtime.train.batch;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Examples;
import java.util.List;

/**
 * Gathers batches of examples in the buffers of a model, with the lengths of sequences and what
 * goes on with earlier states. Allocates nothing when it fills.
 */
public final class Feed {
  private final Examples examples;
  private final int[] lengths;
  private final boolean[] continues;
  private final Object[] sources;
  private final Object[] buffers;
  private final int[] widths;
  private final boolean[] open;

  /**
   * @param examples where the rows come from
   * @param tensors the model's buffers, in the order of the examples' tensors
   */
  public Feed(Examples examples, Model model, List<Tensor> tensors) {
    this.examples = examples;
    lengths = model.lengths();
    continues = model.continues();
    sources = examples.arrays().toArray();
    buffers = tensors.stream().map(Tensor::array).toArray();
    widths = tensors.stream().mapToInt(Tensor::size).toArray();
    open = new boolean[tensors.size()];
    for (int t = 0; t < open.length; t++) {
      open[t] = tensors.get(t).open();
    }
  }

  /** Puts the n examples of a batch into the first n rows. */
  public void fill(Batches batches, int batch) {
    fill(batches, batch, 0, batches.size(batch));
  }

  /** Puts the examples {@code first .. end} of a batch into the first rows. */
  public void fill(Batches batches, int batch, int first, int end) {
    int n = end - first;
    int longest = 1;
    for (int i = 0; i < n && examples.sequences(); i++) {
      lengths[i] = examples.steps(batches.example(batch, first + i));
      longest = Math.max(longest, lengths[i]);
    }
    for (int i = 0; i < n && continues.length > 0; i++) {
      continues[i] = batches.continues(batch, first + i);
    }
    for (int t = 0; t < sources.length; t++) {
      int width = widths[t];
      for (int i = 0; i < n; i++) {
        int row = batches.example(batch, first + i);
        if (open[t]) {
          int start = examples.starts()[row] * width;
          copy(sources[t], start, buffers[t], i * longest * width, lengths[i] * width);
        } else {
          copy(sources[t], row * width, buffers[t], i * width, width);
        }
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
