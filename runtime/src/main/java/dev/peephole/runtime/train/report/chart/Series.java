package dev.peephole.runtime.train.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A curve: numbers over numbers.
 *
 * @param x in ascending order
 * @param y as many; those that are not finite are left out
 */
public record Series(String name, double[] x, double[] y) {
  /** So many points are enough for a curve on a screen. */
  private static final int ENOUGH = 400;

  public Series {
    x = x.clone();
    y = y.clone();
  }

  /** Over 1, 2, 3 and so on. */
  public static Series counted(String name, double... y) {
    return new Series(name, DoubleStream.iterate(1, k -> k + 1).limit(y.length).toArray(), y);
  }

  /**
   * The places of the points to draw: all, or of each stretch the least and the greatest, so that
   * no peak is lost.
   */
  List<Integer> drawn() {
    List<Integer> places = new ArrayList<>();
    int stretches = y.length <= ENOUGH ? y.length : ENOUGH / 2;
    for (int s = 0; s < stretches; s++) {
      int from = (int) ((long) y.length * s / stretches);
      int to = (int) ((long) y.length * (s + 1) / stretches);
      int least = from;
      int greatest = from;
      for (int i = from; i < to; i++) {
        least = y[i] < y[least] ? i : least;
        greatest = y[i] > y[greatest] ? i : greatest;
      }
      places.add(Math.min(least, greatest));
      if (least != greatest) {
        places.add(Math.max(least, greatest));
      }
    }
    return places;
  }
}
