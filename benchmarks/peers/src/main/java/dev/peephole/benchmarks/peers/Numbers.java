package dev.peephole.benchmarks.peers;

import java.util.Random;

/** Arguments to compute with. */
final class Numbers {
  private Numbers() {}

  /** So many from {@code -range / 2 .. range / 2}, the same each time. */
  static float[] random(int count, float range) {
    Random random = new Random(5);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = range * (random.nextFloat() - 0.5f);
    }
    return numbers;
  }
}
