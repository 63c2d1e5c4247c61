package dev.peephole.runtime.data.scaling;

import java.util.Arrays;

/** How the scaling of a tensor is found from the numbers of the training part. */
public sealed interface ScalingRule {

  /** The tensor that is scaled. */
  String tensor();

  /** The scaling of one of its numbers, from the values that this one has in the examples. */
  Scaling.Line fit(double[] values);

  /** The scaling of a number that has the same value everywhere: it is moved, and not stretched. */
  Scaling.Line constant(double value);

  /** To mean 0 and variance 1; values that are all the same become 0. */
  record Standardize(String tensor) implements ScalingRule {
    @Override
    public Scaling.Line fit(double[] values) {
      Spread spread = Spread.of(values);
      if (spread.isRounding()) {
        return constant(spread.least());
      }
      // Divided by a power of 2, which rounds nothing, no square overflows or vanishes.
      double unit = Math.scalb(1.0, Math.getExponent(spread.magnitude()));
      double sum = 0;
      for (double value : values) {
        sum += value / unit;
      }
      double mean = sum / values.length;
      double squares = 0;
      for (double value : values) {
        double gap = value / unit - mean;
        squares += gap * gap;
      }
      return new Scaling.Line(mean * unit, Math.sqrt(squares / values.length) * unit);
    }

    @Override
    public Scaling.Line constant(double value) {
      return new Scaling.Line(value, 1);
    }
  }

  /**
   * To median 0 and a distance of 1 between the quartiles, which outliers do not change; quantiles
   * lie between two numbers as Hyndman &amp; Fan (1996) have them in their definition 7.
   */
  record Robust(String tensor) implements ScalingRule {
    @Override
    public Scaling.Line fit(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      double between = quantile(sorted, 0.75) - quantile(sorted, 0.25);
      return new Scaling.Line(quantile(sorted, 0.5), between == 0 ? 1 : between);
    }

    private static double quantile(double[] sorted, double share) {
      double place = share * (sorted.length - 1);
      int below = (int) place;
      int above = Math.min(below + 1, sorted.length - 1);
      return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    @Override
    public Scaling.Line constant(double value) {
      return new Scaling.Line(value, 1);
    }
  }

  /** So that the smallest becomes {@code low} and the largest {@code high}. */
  record Rescale(String tensor, double low, double high) implements ScalingRule {
    public Rescale {
      if (!(low < high)) {
        throw new IllegalArgumentException("cannot rescale to " + low + " .. " + high);
      }
    }

    @Override
    public Scaling.Line fit(double[] values) {
      Spread spread = Spread.of(values);
      if (spread.isRounding()) {
        return constant(spread.least());
      }
      double scale = (spread.greatest() - spread.least()) / (high - low);
      return new Scaling.Line(spread.least() - low * scale, scale);
    }

    @Override
    public Scaling.Line constant(double value) {
      return new Scaling.Line(value - low, 1);
    }
  }
}
