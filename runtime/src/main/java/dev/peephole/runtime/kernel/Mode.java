package dev.peephole.runtime.kernel;

import java.util.Arrays;

/**
 * What a network computes for: a step of training, in which its equations draw noise, or
 * evaluation, in which nothing is drawn and every number that would be random is its mean. It
 * begins as evaluation.
 *
 * <p>The noise of a step depends on the seed, the number of the step and the draw alone, so that a
 * step may be computed again, and a run may be resumed, with the same bits. A draw has
 * 2<sup>66</sup> words to itself: its stream of {@link Philox} is {@code step · 2²⁰ + draw}; the
 * streams of step 0 belong to the initial parameters.
 */
public final class Mode {
  private static final int DRAW_BITS = 20;

  /** What the seeds of two shards of a batch differ by. */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private long seed;
  private long step;

  /** Evaluation. */
  public Mode() {
    this(0, 0);
  }

  /** A step of training, or evaluation if it is 0. */
  public Mode(long seed, long step) {
    this.seed = seed;
    this.step = step;
  }

  /** From here on, step {@code step} of training, counted from 1. */
  public void train(long seed, long step) {
    if (step < 1) {
      throw new IllegalArgumentException("steps are counted from 1, and this is " + step);
    }
    this.seed = seed;
    this.step = step;
  }

  /** From here on, evaluation. */
  public void evaluate() {
    step = 0;
  }

  /** From here on, what the other one is now. */
  public void copyFrom(Mode other) {
    seed = other.seed;
    step = other.step;
  }

  /** The same for one shard of a batch, counted from 0, whose noise is its own. */
  public void copyFrom(Mode other, int shard) {
    seed = other.seed + shard * GOLDEN_RATIO;
    step = other.step;
  }

  /** What everything random is drawn from. */
  public long seed() {
    return seed;
  }

  /** Whether this is a step of training. */
  public boolean training() {
    return step > 0;
  }

  /** Draws the first {@code count} numbers from [0, 1); in evaluation each is ½. */
  public void uniform(int draw, float[] out, int count) {
    if (training()) {
      random(draw).uniform(out, count);
    } else {
      Arrays.fill(out, 0, count, 0.5f);
    }
  }

  /** Draws the first {@code count} numbers from [0, 1): the same as in single precision. */
  public void uniform(int draw, double[] out, int count) {
    if (training()) {
      random(draw).uniform(out, count);
    } else {
      Arrays.fill(out, 0, count, 0.5);
    }
  }

  /** Draws the first {@code count} numbers with mean 0 and variance 1; in evaluation each is 0. */
  public void normal(int draw, float[] out, int count) {
    if (training()) {
      random(draw).normal(out, count);
    } else {
      Arrays.fill(out, 0, count, 0f);
    }
  }

  /** Draws the first {@code count} numbers with mean 0 and variance 1, as in single precision. */
  public void normal(int draw, double[] out, int count) {
    if (training()) {
      random(draw).normal(out, count);
    } else {
      Arrays.fill(out, 0, count, 0.0);
    }
  }

  /** The stream of {@link Philox} that holds a draw's numbers in this step. */
  public long stream(int draw) {
    return (step << DRAW_BITS) + draw;
  }

  private Philox random(int draw) {
    return new Philox(seed, stream(draw));
  }
}
