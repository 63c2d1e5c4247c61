package dev.peephole.playground;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something to look at while training goes on, so seldom that looking takes a small share of the
 * time. Only what is shown depends on that.
 */
final class Glance {
  /** How many times as long as it took it is left out afterwards. */
  private static final int REST = 6;

  private long again = System.nanoTime();

  /**
   * Looks, if it is time to.
   *
   * @param thorough whether to look in any case
   */
  <T> Optional<T> at(boolean thorough, Supplier<T> look) {
    long start = System.nanoTime();
    if (!thorough && start - again < 0) {
      return Optional.empty();
    }
    T seen = look.get();
    long end = System.nanoTime();
    again = end + REST * (end - start);
    return Optional.of(seen);
  }
}
