package dev.peephole.proof;

import dev.peephole.ir.Program;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

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
    Random random = new Random(seed);
    List<double[]> values = new ArrayList<>();
    for (Var var : program.step().inputs()) {
      values.add(numbers(var.type(), batch, scale(var), random));
    }
    return new Point(batch, values);
  }

  private static double scale(Var var) {
    boolean matrix = var.shape().rank() > 1 && !var.shape().batched();
    return matrix ? 1 / Math.sqrt(var.shape().axis(0)) : 1;
  }

  private static double[] numbers(Type type, int batch, double scale, Random random) {
    double[] numbers = new double[type.shape().size() * (type.shape().batched() ? batch : 1)];
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
    List<double[]> one = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Var var = program.step().inputs().get(i);
      int size = var.shape().size();
      double[] all = values.get(i);
      one.add(
          var.shape().batched() ? Arrays.copyOfRange(all, k * size, (k + 1) * size) : all.clone());
    }
    return new Point(1, one);
  }
}
