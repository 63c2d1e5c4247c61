package dev.peephole.proof;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.runtime.kernel.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Compares derived gradients with differences of the loss, in double precision: for each parameter
 * W and a random direction U of its shape, the sum of dW ⊙ U with the slope of the loss along U.
 */
public final class CentralDifferences {

  /** How far to go along a few numbers; the error of the formula is of the fourth power. */
  private static final double STEP = 1e-4;

  /** Along more numbers than this the way is shorter, so that it does not cross a kink of relu. */
  private static final double FEW = 100;

  private final Function loss;
  private final int place;
  private final Interpreter interpreter;
  private final List<double[]> values;
  private final List<double[]> directions = new ArrayList<>();
  private final List<Double> slopes = new ArrayList<>();

  /**
   * Finds the slopes, with which any number of gradients can be compared.
   *
   * @param loss a function whose output {@code place} is the loss
   * @param values its inputs; the parameters come last
   * @param parameters how many these are
   */
  public CentralDifferences(
      Function loss, int place, int batch, List<double[]> values, int parameters, long seed) {
    this(
        loss,
        place,
        new Interpreter(batch, 0),
        values,
        IntStream.range(values.size() - parameters, values.size()).boxed().toList(),
        seed);
  }

  private CentralDifferences(
      Function loss,
      int place,
      Interpreter interpreter,
      List<double[]> values,
      List<Integer> parameters,
      long seed) {
    this.loss = loss;
    this.place = place;
    this.interpreter = interpreter;
    this.values = values;
    Random random = new Random(seed);
    for (int moved : parameters) {
      double[] direction = random.doubles(values.get(moved).length).map(u -> 2 * u - 1).toArray();
      directions.add(direction);
      slopes.add(slope(moved, direction));
    }
  }

  /** The slopes of the loss of a checked program, which no pass has touched. */
  public static CentralDifferences of(Program checked, Point point, long seed) {
    return of(checked, point, new Mode(), seed);
  }

  /** The same in a step of training, or in evaluation. */
  public static CentralDifferences of(Program checked, Point point, Mode mode, long seed) {
    return new CentralDifferences(
        checked.step(),
        checked.step().outputs().indexOf(checked.loss()),
        new Interpreter(point.batch(), mode),
        point.values(),
        checked.weights().stream().map(checked.step().inputs()::indexOf).toList(),
        seed);
  }

  /**
   * The largest error over the parameters, relative to the length of the gradient or to the slope,
   * whichever is greater, but at least to a thousandth of the length of all gradients together:
   * what is smaller is lost in the rounding of the loss.
   *
   * @param gradients what was derived for the parameters
   */
  public double largestError(List<double[]> gradients) {
    if (gradients.size() != slopes.size()) {
      throw new IllegalArgumentException(
          gradients.size() + " gradients of " + slopes.size() + " parameters");
    }
    double least = 1e-3 * Math.sqrt(gradients.stream().mapToDouble(g -> dot(g, g)).sum());
    double worst = 0;
    for (int i = 0; i < gradients.size(); i++) {
      worst = worse(worst, error(gradients.get(i), directions.get(i), slopes.get(i), least));
    }
    return worst;
  }

  /** The largest error over the parameters of a network. */
  public double largestError(Results derived) {
    return largestError(
        derived.values().entrySet().stream()
            .filter(e -> e.getKey().startsWith("d "))
            .map(Map.Entry::getValue)
            .toList());
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

  private double slope(int moved, double[] direction) {
    double h = STEP / Math.sqrt(Math.max(1, direction.length / FEW));
    double near = difference(moved, direction, h);
    double far = difference(moved, direction, 2 * h);
    return (8 * near - far) / (12 * h);
  }

  /** loss(x + h·u) − loss(x − h·u). */
  private double difference(int moved, double[] direction, double h) {
    return at(moved, direction, h) - at(moved, direction, -h);
  }

  private double at(int moved, double[] direction, double h) {
    List<double[]> shifted = new ArrayList<>(values);
    double[] numbers = values.get(moved).clone();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] += h * direction[i];
    }
    shifted.set(moved, numbers);
    return interpreter.run(loss, shifted).get(place)[0];
  }
}
