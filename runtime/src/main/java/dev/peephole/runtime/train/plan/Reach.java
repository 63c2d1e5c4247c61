package dev.peephole.runtime.train.plan;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataWarning;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.data.example.Part;
import java.util.Locale;
import java.util.Optional;

/**
 * Between which numbers an output lies, whatever is trained.
 *
 * @param output its name
 * @param target the target that it answers
 * @param low the lower end, which may be −∞
 * @param high the upper end, which may be ∞
 * @param place the line of the model that makes it so, as {@code file:line}
 */
public record Reach(String output, String target, double low, double high, String place) {
  /** How far beyond an end a number counts as rounded, relative to it. */
  private static final double ROUNDING = 1e-5;

  /** A warning if the output cannot come to where numbers of its target are. */
  public Optional<DataWarning> warning(Part part) {
    Examples examples = part.examples();
    for (int i = 0; i < examples.tensors().size(); i++) {
      if (examples.tensors().get(i).name().equals(target)
          && examples.arrays().get(i) instanceof float[] numbers) {
        return warning(part, examples.tensors().get(i), numbers);
      }
    }
    return Optional.empty();
  }

  private Optional<DataWarning> warning(Part part, Tensor tensor, float[] numbers) {
    long outside = 0;
    long all = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    int width = tensor.size();
    for (int row : part.rows()) {
      int start = tensor.open() ? part.examples().starts()[row] : row;
      int rows = tensor.open() ? part.examples().steps(row) : 1;
      for (int k = start * width; k < (start + rows) * width; k++) {
        least = Math.min(least, numbers[k]);
        most = Math.max(most, numbers[k]);
        outside += isBeyond(numbers[k]) ? 1 : 0;
        all++;
      }
    }
    return outside == 0 ? Optional.empty() : Optional.of(warning(outside, all, least, most));
  }

  private boolean isBeyond(double number) {
    double slack = ROUNDING * Math.max(1, Math.abs(number));
    return number < low - slack || number > high + slack;
  }

  private static String digits(double number) {
    return String.format(Locale.ROOT, "%.3g", number);
  }

  private DataWarning warning(long outside, long all, double least, double most) {
    String message =
        "%s is always %s, and %s of %s numbers of %s are not: they go from %s to %s"
            .formatted(output, bounds(), outside, all, target, digits(least), digits(most));
    boolean both = Double.isFinite(low) && Double.isFinite(high);
    String hint =
        "leave out the function that "
            + output
            + " ends with"
            + (both ? ", or say in the plan: rescale %s to %s .. %s" : ", or scale %s otherwise");
    return new DataWarning(
        place,
        message,
        both ? hint.formatted(target, brief(low), brief(high)) : hint.formatted(target));
  }

  private String bounds() {
    if (Double.isFinite(low) && Double.isFinite(high)) {
      return "between " + brief(low) + " and " + brief(high);
    }
    return Double.isFinite(low) ? brief(low) + " or more" : brief(high) + " or less";
  }

  private static String brief(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e7
        ? String.valueOf((long) number)
        : String.valueOf(number);
  }
}
