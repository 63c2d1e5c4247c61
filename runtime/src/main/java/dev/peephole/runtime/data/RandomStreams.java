package dev.peephole.runtime.data;

import dev.peephole.runtime.kernel.Philox;

/**
 * The streams of random numbers that data draw from; their numbers are far above those of
 * parameters, which count from 0.
 */
public final class RandomStreams {
  private static final long GENERATOR = 1L << 60;
  private static final long SPLIT = 2L << 60;
  private static final long SHUFFLE = 3L << 60;

  private RandomStreams() {}

  public static Philox generator(long seed) {
    return new Philox(seed, GENERATOR);
  }

  /**
   * What the source of a test part draws from: with the seed of the others, a generator would make
   * the examples again that the network is trained on.
   */
  public static long test(long seed) {
    return ~seed;
  }

  public static Philox split(long seed) {
    return new Philox(seed, SPLIT);
  }

  /** What the order of the examples in an epoch is drawn from. */
  public static Philox shuffle(long seed, long epoch) {
    return new Philox(seed, SHUFFLE + epoch);
  }
}
