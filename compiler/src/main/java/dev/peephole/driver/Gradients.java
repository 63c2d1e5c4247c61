package dev.peephole.driver;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.kernel.Style;
import dev.peephole.op.StopGradient;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.kernel.Philox;
import dev.peephole.runtime.opencl.Device;
import dev.peephole.runtime.opencl.DeviceModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares every gradient of the generated code, in double precision, with central differences:
 * some of a parameter's numbers one by one, and all of them at once in a random direction, for a
 * batch of random examples and for a single one, in a step of training whose noise stays the same.
 * If axes are open, the examples have different lengths; if states are carried over, every other
 * example continues one.
 */
public final class Gradients {
  /** The greatest relative error of a gradient that is right. */
  public static final double TOLERANCE = 1e-6;

  /** The same of one that a device computes in single precision. */
  public static final double DEVICE_TOLERANCE = 1e-4;

  private static final int BATCH = 5;

  /** The greatest length of an example, if axes are open. */
  private static final int MOST_STEPS = 7;

  private static final int NUMBERS = 64;

  /** How far the first parameters are moved, so that none of them is exactly 0. */
  private static final double SHAKE = 0.1;

  /** Gradients below this share of the loss, and of the greatest gradient, count as this share. */
  private static final double NEGLIGIBLE = 1e-4;

  private static final long FIRST_STREAM = 1L << 32;

  private final Model model;
  private final Optional<Model> device;
  private final Philox random;

  private Gradients(Model model, Optional<Model> device, long seed) {
    this.model = model;
    this.device = device;
    this.random = new Philox(seed, FIRST_STREAM);
  }

  /**
   * How well one gradient agrees.
   *
   * @param parameter as the weights file calls it
   * @param maxRelativeError the greatest difference, relative to the gradient's greatest number
   * @param tolerance how great it may be
   */
  public record Agreement(String parameter, double maxRelativeError, double tolerance) {
    public boolean ok() {
      return maxRelativeError <= tolerance;
    }
  }

  /**
   * Compares the gradients of a network's parameters, in their order.
   *
   * @param style of the code to check
   * @param seed what parameters and examples are drawn from
   * @throws DataException if the loss is not finite, whatever is drawn
   */
  public static List<Agreement> compare(Network network, Style style, long seed) {
    Model model = Linker.inDouble(network, style);
    return new Gradients(model, Optional.empty(), seed).agreements(network, seed, TOLERANCE);
  }

  /** The same of the gradients that a device computes; the differences are those of the CPU. */
  public static List<Agreement> compare(Network network, Style style, long seed, Device device) {
    Model model = Linker.inDouble(network, style);
    DeviceModel there = Linker.onDevice(network, style, device).model();
    try {
      return new Gradients(model, Optional.of(there), seed)
          .agreements(network, seed, DEVICE_TOLERANCE);
    } finally {
      there.release();
    }
  }

  private List<Agreement> agreements(Network network, long seed, double tolerance) {
    draw(seed);
    device.ifPresent(this::copyTo);
    double[] batch = errors(network, BATCH);
    double[] single = errors(network, 1);
    List<Tensor> parameters = model.parameters();
    return IntStream.range(0, parameters.size())
        .mapToObj(
            p -> new Agreement(parameters.get(p).name(), Math.max(batch[p], single[p]), tolerance))
        .toList();
  }

  /** Whether the model's own words stop a gradient, in a cell or outside. */
  private static boolean stopsGradients(Function function) {
    return function.equations().stream()
        .anyMatch(
            e ->
                e.op() instanceof Scan scan
                    ? stopsGradients(scan.step())
                    : e.op() instanceof StopGradient && isOfModel(e));
  }

  /** Whether an equation stands in the model and not in the library. */
  private static boolean isOfModel(Equation equation) {
    return equation.origin() instanceof Origin.Written written && written.library().isEmpty();
  }

  /**
   * What the differences are taken of. Where the model stops a gradient, the value stopped stays
   * what it is at the point itself; generated code cannot do that, so the equations are
   * interpreted.
   */
  private DoubleSupplier loss(Network network, int n) {
    Program checked = network.checked();
    if (!stopsGradients(checked.step())) {
      return () -> model.loss(n);
    }
    Program program =
        checked.stateful() ? checked.withStep(Pipeline.withCarriedStates(checked)) : checked;
    Interpreter interpreter = new Interpreter(n, model.mode()).holding(new HashMap<>());
    DoubleSupplier loss =
        () -> {
          interpreter.run(program.step(), StepInputs.of(program, model, n));
          return interpreter.value(program.loss())[0];
        };
    loss.getAsDouble();
    return loss;
  }

  /** Draws parameters and examples: numbers around 0, or in (0, 1) if the loss needs that. */
  private void draw(long seed) {
    model.reserve(BATCH, MOST_STEPS);
    Arrays.setAll(model.lengths(), i -> 1 + random.nextInt(MOST_STEPS));
    for (int i = 0; i < model.continues().length; i++) {
      model.continues()[i] = i % 2 == 0;
    }
    model.initialize(seed);
    for (Tensor parameter : model.parameters()) {
      for (int k = 0; k < parameter.length(); k++) {
        parameter.set(k, parameter.get(k) + SHAKE * random.nextGaussian());
      }
    }
    model.mode().train(seed, 1);
    drawExamples(true);
    if (!Double.isFinite(model.loss(BATCH))) {
      drawExamples(false);
    }
    double loss = model.loss(BATCH);
    if (!Double.isFinite(loss)) {
      throw DataException.of(
          "the loss is " + loss + " for random examples, so that it has no gradient", "");
    }
  }

  /** Gives another model what this one was given, rounded for both as it is there. */
  private void copyTo(Model other) {
    other.reserve(BATCH, MOST_STEPS);
    System.arraycopy(model.lengths(), 0, other.lengths(), 0, model.lengths().length);
    System.arraycopy(model.continues(), 0, other.continues(), 0, model.continues().length);
    other.mode().copyFrom(model.mode());
    List<Tensor> to = tensors(other);
    List<Tensor> from = tensors(model);
    for (int i = 0; i < from.size(); i++) {
      for (int k = 0; k < from.get(i).length(); k++) {
        to.get(i).set(k, from.get(i).get(k));
        from.get(i).set(k, to.get(i).get(k));
      }
    }
    other.upload();
  }

  private static List<Tensor> tensors(Model model) {
    return Stream.of(model.inputs(), model.targets(), model.carried(), model.parameters())
        .flatMap(List::stream)
        .toList();
  }

  private void drawExamples(boolean normal) {
    Stream.of(model.inputs(), model.targets(), model.carried())
        .flatMap(List::stream)
        .forEach(
            tensor -> {
              for (int k = 0; k < tensor.length(); k++) {
                tensor.set(k, number(tensor.classes(), normal));
              }
            });
  }

  private double number(int classes, boolean normal) {
    if (classes > 0) {
      return random.nextInt(classes);
    }
    return normal ? random.nextGaussian() : random.nextUniform();
  }

  /** The error of each parameter's gradient over the first n examples. */
  private double[] errors(Network network, int n) {
    Model checked = device.orElse(model);
    double loss = checked.loss(n);
    checked.backward(n);
    checked.download();
    List<double[]> derived = new ArrayList<>();
    double scale = Math.abs(loss);
    for (Tensor gradient : checked.gradients()) {
      double[] numbers = new double[gradient.length()];
      Arrays.setAll(numbers, gradient::get);
      derived.add(numbers);
      scale = Math.max(scale, greatest(numbers));
    }
    DoubleSupplier slopes = loss(network, n);
    double[] errors = new double[derived.size()];
    for (int p = 0; p < errors.length; p++) {
      double[] values = (double[]) model.parameters().get(p).array();
      errors[p] = error(values, derived.get(p), NEGLIGIBLE * scale, slopes);
    }
    return errors;
  }

  private double error(double[] values, double[] derived, double least, DoubleSupplier loss) {
    double error = 0;
    double size = Math.max(greatest(derived), least);
    for (int k : some(values.length)) {
      double[] axis = new double[values.length];
      axis[k] = 1;
      error = Math.max(error, new Slope(loss, values, axis).error(derived[k], size));
    }
    double[] direction = new double[values.length];
    double expected = 0;
    for (int k = 0; k < direction.length; k++) {
      direction[k] = random.nextGaussian() / Math.sqrt(direction.length);
      expected += direction[k] * derived[k];
    }
    size = Math.max(Math.abs(expected), least);
    return Math.max(error, new Slope(loss, values, direction).error(expected, size));
  }

  /** Places in an array: all if they are few. */
  private SortedSet<Integer> some(int length) {
    SortedSet<Integer> places = new TreeSet<>();
    while (places.size() < Math.min(length, NUMBERS)) {
      places.add(length <= NUMBERS ? places.size() : random.nextInt(length));
    }
    return places;
  }

  private static double greatest(double[] numbers) {
    double greatest = 0;
    for (double number : numbers) {
      greatest = Math.max(greatest, Math.abs(number));
    }
    return greatest;
  }
}
