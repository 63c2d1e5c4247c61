package dev.peephole.runtime.data.framing;

import dev.peephole.runtime.kernel.Philox;

/** Orders drawn at random, each with the same probability (Fisher &amp; Yates, 1938). */
public final class Shuffle {
  private Shuffle() {}

  /** Puts the numbers of an array into a random order. */
  public static void of(int[] order, Philox random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
