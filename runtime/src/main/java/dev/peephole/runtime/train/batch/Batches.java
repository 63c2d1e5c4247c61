package dev.peephole.runtime.train.batch;

import dev.peephole.runtime.data.RandomStreams;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.data.framing.Shuffle;
import dev.peephole.runtime.train.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order in which the examples of a part are gone through, a batch at a time.
 *
 * <p>Where states are carried over, a row of the batches is a stream: the i-th example of a batch
 * follows the i-th of the batch before, unless a series begins with it. Longer streams come first,
 * so that the rows of a batch are always the first ones of the batch before.
 */
public final class Batches {
  private final Part part;
  private final int[] order;
  private final int[] starts;
  private final BitSet continued;

  /**
   * @param order the examples' places in the part, one batch after another
   * @param starts where in that order each batch begins, and behind the last one the number of all
   * @param continued the places in the order of those that begin with the states of their row
   */
  private Batches(Part part, int[] order, int[] starts, BitSet continued) {
    this.part = part;
    this.order = order;
    this.starts = starts;
    this.continued = continued;
  }

  /**
   * For training. Carrying states over, all examples in their order are cut into as many streams as
   * a batch has examples, nearly equally long; a stream begins anew even in the middle of a series.
   */
  public static Batches training(Part part, Plan plan) {
    return plan.stateful() ? cut(part, plan.batch()) : inOrder(part, plan.batch());
  }

  /**
   * For measuring. Carrying states over, every series is gone through from its first window to its
   * last, several side by side, so that what is measured does not depend on the size of a batch.
   */
  public static Batches measuring(Part part, Plan plan) {
    return plan.stateful() ? wholeSeries(part, plan.batch()) : inOrder(part, plan.batch());
  }

  /** In the order of the part; carrying states over, one example after another. */
  public static Batches predicting(Part part, Plan plan) {
    return plan.stateful() ? cut(part, 1) : inOrder(part, plan.batch());
  }

  /** All examples of a part in one batch. */
  public static Batches whole(Part part) {
    return inOrder(part, part.rows().length);
  }

  private static Batches inOrder(Part part, int size) {
    int count = part.rows().length;
    int[] starts =
        IntStream.rangeClosed(0, (int) (((long) count + size - 1) / size))
            .map(b -> (int) Math.min((long) b * size, count))
            .toArray();
    return new Batches(part, IntStream.range(0, count).toArray(), starts, new BitSet());
  }

  private static Batches cut(Part part, int size) {
    int count = part.rows().length;
    int rows = Math.min(size, count);
    List<int[]> streams = new ArrayList<>();
    int from = 0;
    for (int row = 0; row < rows; row++) {
      int to = from + count / rows + (row < count % rows ? 1 : 0);
      streams.add(IntStream.range(from, to).toArray());
      from = to;
    }
    return of(part, streams);
  }

  /** The longest series that is left goes to the row with the fewest examples so far. */
  private static Batches wholeSeries(Part part, int size) {
    List<int[]> streams = new ArrayList<>();
    for (int[] series : longestFirst(series(part))) {
      if (streams.size() < size) {
        streams.add(series);
      } else {
        int least =
            IntStream.range(0, size)
                .boxed()
                .min(Comparator.comparingInt(row -> streams.get(row).length))
                .orElseThrow();
        streams.set(least, joined(streams.get(least), series));
      }
    }
    return of(part, longestFirst(streams));
  }

  private static List<int[]> longestFirst(List<int[]> streams) {
    return streams.stream()
        .sorted(Comparator.comparingInt((int[] stream) -> stream.length).reversed())
        .toList();
  }

  /** The examples that follow each other. */
  private static List<int[]> series(Part part) {
    List<int[]> series = new ArrayList<>();
    int from = 0;
    for (int k = 1; k <= part.rows().length; k++) {
      if (k == part.rows().length || !part.follows(k)) {
        series.add(IntStream.range(from, k).toArray());
        from = k;
      }
    }
    return series;
  }

  private static int[] joined(int[] one, int[] other) {
    return IntStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
  }

  /** Streams side by side, the longest first. */
  private static Batches of(Part part, List<int[]> streams) {
    int[] order = new int[part.rows().length];
    int[] starts = new int[streams.isEmpty() ? 1 : streams.get(0).length + 1];
    BitSet continued = new BitSet();
    int next = 0;
    for (int b = 0; b < starts.length - 1; b++) {
      for (int[] stream : streams) {
        if (b < stream.length) {
          continued.set(next, b > 0 && stream[b] == stream[b - 1] + 1 && part.follows(stream[b]));
          order[next++] = stream[b];
        }
      }
      starts[b + 1] = next;
    }
    return new Batches(part, order, starts, continued);
  }

  /**
   * Takes the order of an epoch of a run: if the plan shuffles, one that depends on the seed and
   * the epoch alone.
   *
   * @param epoch counted from 1
   */
  public void begin(int epoch, Plan plan) {
    if (plan.shuffle()) {
      Arrays.setAll(order, k -> k);
      Shuffle.of(order, RandomStreams.shuffle(plan.seed(), epoch));
    }
  }

  /** How many there are. */
  public int count() {
    return starts.length - 1;
  }

  /** How many examples are in all of them. */
  public int examples() {
    return order.length;
  }

  /** How many examples are in the batches up to and with this one. */
  public int upTo(int batch) {
    return starts[batch + 1];
  }

  /** How many examples a batch has. */
  public int size(int batch) {
    return starts[batch + 1] - starts[batch];
  }

  /** How many examples the largest batch has, or 1 if there is none. */
  public int largest() {
    return IntStream.range(0, count()).map(this::size).max().orElse(1);
  }

  /** The number of the i-th example of a batch. */
  public int example(int batch, int i) {
    return part.rows()[order[starts[batch] + i]];
  }

  /** Whether the i-th example of a batch begins with the states that its row has. */
  boolean continues(int batch, int i) {
    return continued.get(starts[batch] + i);
  }
}
