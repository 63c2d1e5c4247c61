package dev.peephole.runtime.data.scaling;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the numbers of a tensor are scaled before a network sees them.
 *
 * @param lines one for each number of an example
 */
public record Scaling(List<Line> lines) {
  public Scaling {
    lines = List.copyOf(lines);
  }

  /** Leaves {@code width} numbers as they are. */
  public static Scaling identity(int width) {
    return new Scaling(Collections.nCopies(width, new Line(0, 1)));
  }

  /** The lines one after another, again and again, for {@code width} numbers. */
  public static Scaling repeated(List<Line> lines, int width) {
    return new Scaling(
        IntStream.range(0, width).mapToObj(k -> lines.get(k % lines.size())).toList());
  }

  /** What is done to the k-th number of an example. */
  public Line line(int k) {
    return lines.get(k);
  }

  /** The map from v to {@code (v - shift) / scale}. */
  public record Line(double shift, double scale) {

    /** The scaled number. */
    public double apply(double value) {
      return (value - shift) / scale;
    }

    /** The number that was scaled. */
    public double undo(double scaled) {
      return scaled * scale + shift;
    }

    /** This map, then the other one. */
    public Line then(Line next) {
      return new Line(shift + scale * next.shift, scale * next.scale);
    }
  }
}
