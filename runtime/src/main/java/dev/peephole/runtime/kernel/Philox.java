package dev.peephole.runtime.kernel;

/**
 * Random numbers from a counter: Philox4x32-10 (Salmon, Moraes, Dror &amp; Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", 2011).
 *
 * <p>The generator enciphers 0, 1, 2, … under a key, and each cipher text is four words of 32
 * random bits. The seed is the key; the stream is the upper half of the counter, so that streams of
 * one seed never overlap, and each is 2<sup>66</sup> words long. Same seed and stream, same bits,
 * on every JDK.
 *
 * <p>Whatever is drawn as a real number fits into a {@code float}, so that a network in single and
 * one in double precision start from the same values. Not safe for use by several threads: give
 * each its own stream.
 */
public final class Philox {
  private static final int ROUNDS = 10;
  private static final int WORDS = 4;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;

  /** The golden ratio and the square root of three: what the key grows by from round to round. */
  private static final int WEYL_0 = 0x9E3779B9;

  private static final int WEYL_1 = 0xBB67AE85;

  private final long seed;
  private final long stream;
  private final int[] words = new int[WORDS];
  private long blocks;
  private int used = WORDS;
  private double spare;
  private boolean hasSpare;

  /** A generator at the beginning of a stream. */
  public Philox(long seed, long stream) {
    this.seed = seed;
    this.stream = stream;
  }

  /**
   * A whole number from 0 to {@code bound - 1}, each with exactly the same probability (Lemire,
   * "Fast random integer generation in an interval", 2019).
   *
   * @throws IllegalArgumentException unless {@code bound} is positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("the bound must be positive, and is " + bound);
    }
    // The upper word of word · bound is the result; 2³² mod bound of the lower words are one too
    // many, and are drawn again.
    long product = unsigned(nextWord()) * bound;
    if (unsigned((int) product) < bound) {
      int surplus = Integer.remainderUnsigned(-bound, bound);
      while (unsigned((int) product) < surplus) {
        product = unsigned(nextWord()) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /** A multiple of 2<sup>-24</sup> in [0, 1), all equally likely. */
  public double nextUniform() {
    return (nextWord() >>> 8) * 0x1p-24;
  }

  /** A normally distributed number, mean 0 and variance 1 (Box &amp; Muller, 1958). */
  public double nextGaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextUniform()));
    double angle = 2 * Math.PI * nextUniform();
    spare = (float) (radius * StrictMath.sin(angle));
    hasSpare = true;
    return (float) (radius * StrictMath.cos(angle));
  }

  /** Fills an array with {@link #nextUniform}. */
  public void uniform(float[] out) {
    uniform(out, out.length);
  }

  /** The same for the first {@code count} numbers of an array. */
  public void uniform(float[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = (float) nextUniform();
    }
  }

  /** Fills an array with {@link #nextUniform}: the same numbers as in single precision. */
  public void uniform(double[] out) {
    uniform(out, out.length);
  }

  /** The same for the first {@code count} numbers of an array. */
  public void uniform(double[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = nextUniform();
    }
  }

  /** Fills an array with {@link #nextGaussian}. */
  public void normal(float[] out) {
    normal(out, out.length);
  }

  /** The same for the first {@code count} numbers of an array. */
  public void normal(float[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = (float) nextGaussian();
    }
  }

  /** Fills an array with {@link #nextGaussian}: the same numbers as in single precision. */
  public void normal(double[] out) {
    normal(out, out.length);
  }

  /** The same for the first {@code count} numbers of an array. */
  public void normal(double[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = nextGaussian();
    }
  }

  private int nextWord() {
    if (used == WORDS) {
      words[0] = (int) blocks;
      words[1] = (int) (blocks >>> 32);
      words[2] = (int) stream;
      words[3] = (int) (stream >>> 32);
      encipher(words, (int) seed, (int) (seed >>> 32));
      blocks++;
      used = 0;
    }
    return words[used++];
  }

  /** Replaces the four words of a counter by its cipher text under a key of two words. */
  static void encipher(int[] words, int key0, int key1) {
    int w0 = words[0];
    int w1 = words[1];
    int w2 = words[2];
    int w3 = words[3];
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * unsigned(w0);
      long product1 = MULTIPLIER_1 * unsigned(w2);
      w0 = (int) (product1 >>> 32) ^ w1 ^ (key0 + round * WEYL_0);
      w1 = (int) product1;
      w2 = (int) (product0 >>> 32) ^ w3 ^ (key1 + round * WEYL_1);
      w3 = (int) product0;
    }
    words[0] = w0;
    words[1] = w1;
    words[2] = w2;
    words[3] = w3;
  }

  private static long unsigned(int word) {
    return Integer.toUnsignedLong(word);
  }
}
