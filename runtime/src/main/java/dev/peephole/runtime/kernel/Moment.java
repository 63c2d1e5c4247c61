package dev.peephole.runtime.kernel;

import java.util.Arrays;

/**
 * Where a run of training is: what the schedules of an optimizer's options are made of. One belongs
 * to a run, which brings it to each of its steps; nothing is allocated there.
 */
public final class Moment {
  private long step = 1;
  private int epoch = 1;
  private double progress;
  private double[] losses = {};

  /** A step in an epoch, both counted from 1, and the share of the run that lies before it. */
  public static Moment of(long step, int epoch, double progress) {
    return new Moment().at(step, epoch, progress);
  }

  /** A step of the first epoch of a run without end. */
  public static Moment of(long step) {
    return of(step, 1, 0);
  }

  /** Goes to a step; what was measured stays known. */
  public Moment at(long newStep, int newEpoch, double newProgress) {
    step = newStep;
    epoch = newEpoch;
    progress = newProgress;
    return this;
  }

  /** Which step it is, counted from 1 over the whole run. */
  public long step() {
    return step;
  }

  /** Which epoch it is, counted from 1. */
  public int epoch() {
    return epoch;
  }

  /**
   * The share of the run's steps that lie before this one: 0 in the first one, less than 1 in the
   * last.
   */
  public double progress() {
    return progress;
  }

  /** Takes in the validation loss of an epoch that is over. */
  public void measured(double validationLoss) {
    losses = Arrays.copyOf(losses, losses.length + 1);
    losses[losses.length - 1] = validationLoss;
  }

  /** The validation losses of the epochs so far; a copy. */
  public double[] losses() {
    return losses.clone();
  }

  /** Goes on where a run was left that measured these. */
  public void resume(double[] validationLosses) {
    losses = validationLosses.clone();
  }

  /**
   * How often the validation loss did not fall for a while. Epochs are counted from the last one
   * that was better, or from where a plateau was seen last.
   *
   * @param patience the number of epochs without improvement that make a plateau
   * @param improvement the share of the least loss so far by which a better one is below it
   */
  public int plateaus(int patience, double improvement) {
    double least = Double.POSITIVE_INFINITY;
    int fruitless = 0;
    int plateaus = 0;
    for (int k = 0; k < losses.length && k < epoch - 1; k++) {
      if (losses[k] < least * (1 - improvement)) {
        least = losses[k];
        fruitless = 0;
      } else if (++fruitless == patience) {
        plateaus++;
        fruitless = 0;
      }
    }
    return plateaus;
  }
}
