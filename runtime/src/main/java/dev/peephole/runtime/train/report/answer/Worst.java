package dev.peephole.runtime.train.report.answer;

import java.util.List;

/**
 * An example with a great loss.
 *
 * @param number counted from 1 in the order of the data
 * @param loss its own
 * @param inputs what the network was given
 * @param replies what it was to say and what it said
 */
public record Worst(int number, double loss, List<Exhibit> inputs, List<Reply> replies) {

  /**
   * An answer to one target.
   *
   * @param probability what the output gives to the right class, if its numbers are probabilities;
   *     else NaN
   * @param wrong how many of its answers are wrong
   * @param all how many there are
   */
  public record Reply(
      String target, String wanted, String given, double probability, int wrong, int all) {}
}
