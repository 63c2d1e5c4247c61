package dev.peephole.proof;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Compares derived gradients with differences of the loss, in double precision: for each parameter
 * W and a random direction U of its shape, the sum of dW ⊙ U with the slope of the loss along U.
 */
public final class CentralDifferences {

  /** How far to go along a few numbers; the error of the formula is of the fourth power. */
  private static final double STEP = 1e-4;

  /** Along more numbers than this the way is shorter, so that it does not cross a kink of relu. */
  private static final double FEW = 100;

  private CentralDifferences() {}

  /**
   * The largest error over the parameters, relative to the length of the gradient or to the slope,
   * whichever is greater, but at least to a thousandth of the length of all gradients together:
   * what is smaller is lost in the rounding of the loss.
   *
   * @param loss a function whose output {@code place} is the loss
   * @param values its inputs; the parameters come last
   * @param gradients what was derived for the parameters
   */
  public static double largestError(
      Function loss,
      int place,
      int batch,
      List<double[]> values,
      List<double[]> gradients,
      long seed) {
    Random random = new Random(seed);
    int first = values.size() - gradients.size();
    double least = 1e-3 * Math.sqrt(gradients.stream().mapToDouble(g -> dot(g, g)).sum());
    double worst = 0;
    for (int i = 0; i < gradients.size(); i++) {
      double[] direction =
          random.doubles(values.get(first + i).length).map(u -> 2 * u - 1).toArray();
      double slope = slope(loss, place, batch, values, first + i, direction);
      worst = worse(worst, error(gradients.get(i), direction, slope, least));
    }
    return worst;
  }

  /** The largest error over the parameters of a network. */
  static double largestError(Function loss, int place, Point point, Results derived, long seed) {
    List<double[]> gradients =
        derived.values().entrySet().stream()
            .filter(e -> e.getKey().startsWith("d "))
            .map(java.util.Map.Entry::getValue)
            .toList();
    return largestError(loss, place, point.batch(), point.values(), gradients, seed);
  }

  /** The greater one, where not a number is the greatest. */
  private static double worse(double a, double b) {
    return Double.isNaN(a) || Double.isNaN(b) ? Double.POSITIVE_INFINITY : Math.max(a, b);
  }

  private static double error(double[] gradient, double[] direction, double slope, double least) {
    double product = dot(gradient, direction);
    double scale = Math.max(Math.sqrt(dot(gradient, gradient)), Math.abs(slope));
    return product == slope ? 0 : Math.abs(product - slope) / Math.max(scale, least);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double slope(
      Function loss, int place, int batch, List<double[]> values, int moved, double[] direction) {
    double h = STEP / Math.sqrt(Math.max(1, direction.length / FEW));
    double near = difference(loss, place, batch, values, moved, direction, h);
    double far = difference(loss, place, batch, values, moved, direction, 2 * h);
    return (8 * near - far) / (12 * h);
  }

  /** loss(x + h·u) − loss(x − h·u). */
  private static double difference(
      Function loss,
      int place,
      int batch,
      List<double[]> values,
      int moved,
      double[] direction,
      double h) {
    return at(loss, place, batch, values, moved, direction, h)
        - at(loss, place, batch, values, moved, direction, -h);
  }

  private static double at(
      Function loss,
      int place,
      int batch,
      List<double[]> values,
      int moved,
      double[] direction,
      double h) {
    List<double[]> shifted = new ArrayList<>(values);
    double[] numbers = values.get(moved).clone();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] += h * direction[i];
    }
    shifted.set(moved, numbers);
    return new Interpreter(batch, 0).run(loss, shifted).get(place)[0];
  }
}
