package dev.peephole.runtime.data;

/**
 * One field of generated examples.
 *
 * @param generator what messages call it
 * @param width the numbers of an example
 * @param numbers those of all examples, one example after another
 */
record Generated(String generator, int width, double[] numbers) implements Column {

  @Override
  public double number(int example, int k) {
    return numbers[example * width + k];
  }

  @Override
  public DataException problem(int example, String message, String hint) {
    return DataException.in(generator, message + " (example " + example + ", from 0)", hint);
  }
}
