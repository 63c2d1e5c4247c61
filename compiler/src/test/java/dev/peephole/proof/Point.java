package dev.peephole.proof;

import dev.peephole.ir.Program;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Where a network is evaluated.
 *
 * @param batch the number of examples
 * @param values the inputs, targets and parameters, in the order of the program's step
 */
public record Point(int batch, List<double[]> values) {
  public Point {
    values = List.copyOf(values);
  }

  /** Normal numbers and labels all alike likely; matrices are scaled by their rows. */
  public static Point random(Program program, int batch, long seed) {
    return random(program, batch, new Random(seed).ints(1, 8).limit(batch).toArray(), seed);
  }

  /**
   * The same for examples of these lengths.
   *
   * @param lengths how many time steps each example has, if the program has open axes
   */
  public static Point random(Program program, int batch, int[] lengths, long seed) {
    Random random = new Random(seed);
    int steps = IntStream.of(lengths).max().orElse(1);
    List<double[]> values = new ArrayList<>();
    for (Var var : program.step().inputs()) {
      values.add(
          switch (var.element()) {
            case COUNT -> IntStream.of(lengths).asDoubleStream().toArray();
            case TRUTH -> random.ints(batch, 0, 2).asDoubleStream().toArray();
            default -> numbers(var.type(), var.shape().forBatch(batch, steps), scale(var), random);
          });
    }
    return new Point(batch, values);
  }

  /** How many time steps each example has; nothing if no axis of the program is open. */
  int[] lengths(Program program) {
    return program
        .lengths()
        .map(v -> values.get(program.step().inputs().indexOf(v)))
        .map(numbers -> Arrays.stream(numbers).mapToInt(l -> (int) l).toArray())
        .orElse(new int[0]);
  }

  /** The length of the longest example. */
  int steps(Program program) {
    return IntStream.of(lengths(program)).max().orElse(1);
  }

  /**
   * What belongs to the examples from {@code first} up to {@code end} themselves, without padding.
   */
  double[] own(Program program, Shape shape, double[] numbers, int first, int end) {
    Shape whole = shape.forBatch(batch, steps(program));
    int[] lengths = lengths(program);
    return IntStream.range(0, numbers.length)
        .filter(
            k -> {
              int[] at = position(whole, k);
              boolean own = !shape.batched() || at[0] >= first && at[0] < end;
              for (int axis = 0; axis < at.length; axis++) {
                own &= shape.axis(axis) != Shape.OPEN || at[axis] < lengths[at[0]];
              }
              return own;
            })
        .mapToDouble(k -> numbers[k])
        .toArray();
  }

  private static int[] position(Shape shape, int number) {
    int[] at = new int[shape.rank()];
    int rest = number;
    for (int axis = at.length - 1; axis >= 0; axis--) {
      at[axis] = rest % shape.axis(axis);
      rest /= shape.axis(axis);
    }
    return at;
  }

  /** The same with other numbers in all places that are padding. */
  public Point withPadding(Program program, double real) {
    List<double[]> changed = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Var var = program.step().inputs().get(i);
      double[] now = values.get(i);
      double[] numbers = now.clone();
      if (var.shape().open()) {
        double[] places = IntStream.range(0, now.length).asDoubleStream().toArray();
        Arrays.fill(numbers, var.real() ? real : -1);
        for (double place : own(program, var.shape(), places, 0, batch)) {
          numbers[(int) place] = now[(int) place];
        }
      }
      changed.add(numbers);
    }
    return new Point(batch, changed);
  }

  private static double scale(Var var) {
    boolean matrix = var.shape().rank() > 1 && !var.shape().batched();
    return matrix ? 1 / Math.sqrt(var.shape().axis(0)) : 1;
  }

  private static double[] numbers(Type type, Shape shape, double scale, Random random) {
    double[] numbers = new double[shape.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          type.classes() > 0 ? random.nextInt(type.classes()) : scale * random.nextGaussian();
    }
    return numbers;
  }

  /** The same with other numbers for one value. */
  public Point with(Program program, String name, double... numbers) {
    List<String> names = program.step().inputs().stream().map(Var::name).toList();
    return with(names.indexOf(name), numbers);
  }

  /** The same with other numbers for the value at a place. */
  public Point with(int place, double... numbers) {
    List<double[]> changed = new ArrayList<>(values);
    changed.set(place, numbers);
    return new Point(batch, changed);
  }

  /** The k-th example as a batch of its own. */
  public Point example(Program program, int k) {
    return examples(program, k, k + 1);
  }

  /** Some examples as a batch of their own, which are equally long if there are several. */
  public Point examples(Program program, int first, int end) {
    List<double[]> some = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Var var = program.step().inputs().get(i);
      some.add(own(program, var.shape(), values.get(i), first, end));
    }
    return new Point(end - first, some);
  }
}
