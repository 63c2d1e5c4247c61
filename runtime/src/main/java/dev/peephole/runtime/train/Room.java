package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Share;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The memory that a model needs for its batches, known before it is taken.
 *
 * @param model with room for one example
 * @param threads how many models there are to be, each with a share of the batch
 * @param steps the length of open axes
 * @param trains whether there will be copies of what is learned, for checkpoints
 */
record Room(Model model, int threads, int steps, boolean trains) {
  private static final int MEGABYTE = 20;

  /** So large a part of all memory is worth a word. */
  private static final int PART = 4;

  /** Makes room in a model that is not trained, or says that there is none. */
  static void reserve(Model model, int examples, int steps) {
    new Room(model, 1, steps, false).require(examples);
    model.reserve(examples, steps);
  }

  /**
   * Refuses batches that do not fit.
   *
   * @return what is to be said of the memory; nothing if it is little
   * @throws DataException with what is needed and what is there
   */
  String require(int examples) {
    long most = Runtime.getRuntime().maxMemory();
    long needed = bytes(examples);
    if (needed > free()) {
      System.gc(); // what is not used any more is not in the way
    }
    long free = free();
    if (needed > free) {
      String need =
          needed == Long.MAX_VALUE
              ? "more memory than an array can have"
              : "%s MB".formatted(needed >> MEGABYTE);
      throw DataException.of(
          "batches of %s need %s, and Java has %s MB left of the %s MB that it may use"
              .formatted(counted(examples), need, free >> MEGABYTE, most >> MEGABYTE),
          smaller(examples, free / 4 * 3) + "JAVA_TOOL_OPTIONS=-Xmx8g allows Java for 8 GB");
    }
    return needed < most / PART
        ? ""
        : "batches of %s need %s MB of the %s MB that Java may use"
            .formatted(counted(examples), needed >> MEGABYTE, most >> MEGABYTE);
  }

  private static String counted(int examples) {
    return examples == 1 ? "1 example" : examples + " examples";
  }

  /** Which batches would fit, if any do, with something to spare. */
  private String smaller(int examples, long free) {
    int fits = 0;
    int tooMany = examples;
    while (tooMany - fits > 1) {
      int between = fits + (tooMany - fits) / 2;
      if (bytes(between) <= free) {
        fits = between;
      } else {
        tooMany = between;
      }
    }
    return fits == 0 ? "" : "--batch " + fits + " fits; ";
  }

  private static long free() {
    Runtime java = Runtime.getRuntime();
    return java.maxMemory() - (java.totalMemory() - java.freeMemory());
  }

  /** For the batches of all models, what the further ones learn with, and the copies. */
  private long bytes(int examples) {
    double bytes = model.bytes(examples, steps);
    for (int k = 1; k < threads; k++) {
      bytes += model.bytes(new Share(k, threads).of(examples), steps);
      bytes += bytes(model.weights(), model.gradients(), model.optimizerStates());
    }
    if (trains) {
      bytes += bytes(model.weights(), model.optimizerStates());
    }
    return (long) bytes;
  }

  @SafeVarargs
  private static double bytes(List<Tensor>... tensors) {
    return Stream.of(tensors)
        .flatMap(List::stream)
        .mapToDouble(t -> (double) t.length() * (t.array() instanceof double[] ? 8 : 4))
        .sum();
  }
}
