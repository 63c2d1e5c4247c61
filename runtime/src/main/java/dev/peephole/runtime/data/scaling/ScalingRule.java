package dev.peephole.runtime.data.scaling;

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
