package dev.peephole.benchmarks;

import dev.peephole.runtime.kernel.MatrixProduct;
import java.util.Random;

/**
 * What a side multiplies matrices with.
 *
 * @param name the library, as the process has loaded it
 * @param speed billions of operations a second of a product of two matrices of 1024 × 1024 numbers
 */
record MatrixLibrary(String name, double speed) {
  private static final int SIZE = 1024;
  private static final double OPERATIONS = 2.0 * SIZE * SIZE * SIZE;
  private static final long NANOSECONDS = 1_000_000_000;

  /** A peer whose product is slower than this share of ours measures its library, not itself. */
  private static final double LEAST_SHARE = 0.5;

  /** Ours on one thread, the best of products for a second after one to warm up. */
  static MatrixLibrary own() {
    float[] a = random(1);
    float[] b = random(2);
    float[] c = new float[SIZE * SIZE];
    MatrixProduct products = new MatrixProduct();
    long least = Long.MAX_VALUE;
    long start = System.nanoTime();
    for (long now = start; now - start < 2 * NANOSECONDS; ) {
      long before = now;
      products.multiply(a, b, c, SIZE, SIZE, SIZE);
      now = System.nanoTime();
      least = now - start > NANOSECONDS ? Math.min(least, now - before) : least;
    }
    return new MatrixLibrary("MatrixProduct", OPERATIONS / least);
  }

  private static float[] random(long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[SIZE * SIZE];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat();
    }
    return numbers;
  }

  /** What {@code pytorch.py} and {@code Djl} answer: the seconds of a product, and a name. */
  static MatrixLibrary parse(String answer) {
    String[] parts = answer.split(" ", 2);
    return new MatrixLibrary(parts[1], OPERATIONS / 1e9 / Double.parseDouble(parts[0]));
  }

  /** Whether a ratio of a step's times would say little but that the other's library is slow. */
  boolean isTooSlow(MatrixLibrary own) {
    return speed < LEAST_SHARE * own.speed;
  }

  @Override
  public String toString() {
    return "%s, %.1f".formatted(name, speed);
  }
}
