package dev.peephole.runtime.data;

import java.util.Arrays;

/** How the scaling of a tensor is found from the numbers of the training part. */
public sealed interface ScalingRule {

  /** The tensor that is scaled. */
  String tensor();

  /** The scaling of one of its numbers, from the values that this one has in the examples. */
  Scaling.Line fit(double[] values);

  /** To mean 0 and variance 1; values that are all the same become 0. */
  record Standardize(String tensor) implements ScalingRule {
    @Override
    public Scaling.Line fit(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      double mean = sum / values.length;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      double variance = squares / values.length;
      return new Scaling.Line(mean, variance > 0 ? Math.sqrt(variance) : 1);
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
      double least = Arrays.stream(values).min().orElseThrow();
      double greatest = Arrays.stream(values).max().orElseThrow();
      double scale = greatest > least ? (greatest - least) / (high - low) : 1;
      return new Scaling.Line(least - low * scale, scale);
    }
  }
}
