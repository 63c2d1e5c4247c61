package dev.peephole.runtime;

/**
 * One of several nearly equal shares of whatever can be counted, such as the numbers of a parameter
 * or the examples of a batch. What is left over goes to the first ones, one each.
 *
 * @param number counted from 0
 * @param count how many shares make up the whole
 */
public record Share(int number, int count) {

  /** All of it. */
  public static final Share WHOLE = new Share(0, 1);

  /** Refuses a share that there is not. */
  public Share {
    if (number < 0 || number >= count) {
      throw new IllegalArgumentException("there is no share " + number + " of " + count);
    }
  }

  /** Where it begins, of a whole of {@code size}. */
  public int begin(int size) {
    return number == 0 ? 0 : start(number, size);
  }

  /** Where it ends, of a whole of {@code size}: where the next one begins. */
  public int end(int size) {
    return number + 1 == count ? size : start(number + 1, size);
  }

  private int start(int share, int size) {
    return share * (size / count) + Math.min(share, size % count);
  }

  /** How much it is, of a whole of {@code size}. */
  public int of(int size) {
    return end(size) - begin(size);
  }
}
