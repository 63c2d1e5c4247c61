package dev.peephole.driver;

import dev.peephole.ir.Program;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a model has in its buffers, for the interpreter. */
public final class StepInputs {
  private StepInputs() {}

  /** In the order of the program's inputs, as many numbers as the batch has. */
  public static List<double[]> of(Program program, Model model, int n) {
    int steps = Arrays.stream(model.lengths()).limit(n).max().orElse(1);
    List<double[]> inputs = new ArrayList<>();
    model.inputs().forEach(tensor -> inputs.add(numbers(tensor, n * tensor.size(steps))));
    model.targets().forEach(tensor -> inputs.add(numbers(tensor, n * tensor.size(steps))));
    program
        .lengths()
        .ifPresent(
            v -> inputs.add(Arrays.stream(model.lengths()).limit(n).asDoubleStream().toArray()));
    program
        .continues()
        .ifPresent(
            v -> {
              double[] truths = new double[n];
              Arrays.setAll(truths, i -> model.continues()[i] ? 1 : 0);
              inputs.add(truths);
            });
    model.carried().forEach(tensor -> inputs.add(numbers(tensor, n * tensor.size(steps))));
    model.weights().forEach(tensor -> inputs.add(numbers(tensor, tensor.length())));
    return inputs;
  }

  private static double[] numbers(Tensor tensor, int count) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, tensor::get);
    return numbers;
  }
}
