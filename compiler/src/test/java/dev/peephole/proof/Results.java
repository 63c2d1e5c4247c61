package dev.peephole.proof;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Element;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Role;
import dev.peephole.ir.Shape;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network computes at a point, by name: {@code output 0}, {@code loss}, {@code d W}, the
 * states that it carries over, {@code carried 0}, and those that its layers keep, {@code state s}.
 */
public record Results(Map<String, double[]> values) {

  /** By the reference evaluator. */
  public static Results interpreted(Program program, Point point) {
    return interpreted(program, program.step(), point);
  }

  /** By the reference evaluator, with a step that equals the program's. */
  public static Results interpreted(Program program, Function step, Point point) {
    return interpreted(program, step, point, new Mode());
  }

  /** The same in a step of training, or in evaluation. */
  public static Results interpreted(Program program, Function step, Point point, Mode mode) {
    List<double[]> numbers = new Interpreter(point.batch(), mode).run(step, point.values());
    Map<String, double[]> values = new LinkedHashMap<>();
    int outputs = program.outputs().size();
    for (int i = 0; i < outputs; i++) {
      values.put("output " + i, own(program, point, i, numbers.get(i)));
    }
    int carried = program.carried().size();
    for (int i = 0; i < carried; i++) {
      values.put("carried " + i, last(program, point, i, numbers.get(outputs + i)));
    }
    values.put("loss", numbers.get(outputs + carried));
    int gradients = outputs + carried + 1;
    for (int i = 0; i < step.outputs(Role.GRADIENT).size(); i++) {
      values.put("d " + program.parameters().get(i).path(), numbers.get(gradients + i));
    }
    int states = numbers.size() - program.states().size();
    for (int i = states; i < numbers.size(); i++) {
      values.put("state " + program.states().get(i - states).path(), numbers.get(i));
    }
    return new Results(values);
  }

  /** The last element of a sequence of states. */
  private static double[] last(Program program, Point point, int state, double[] sequence) {
    Shape shape =
        program.carried().get(state).state().shape().forBatch(point.batch(), point.steps(program));
    return Arrays.copyOfRange(sequence, sequence.length - shape.size(), sequence.length);
  }

  private static double[] own(Program program, Point point, int output, double[] numbers) {
    Shape shape = program.outputs().get(output).shape();
    return point.own(program, shape, numbers, 0, point.batch());
  }

  /** By generated code, with room for more examples than there are. */
  public static Results generated(Model model, Program program, Point point) {
    int n = point.batch();
    set(model, program, point);
    double loss = model.loss(n);
    model.backward(n);
    model.download();
    model.predict(n);
    Map<String, double[]> values = new LinkedHashMap<>();
    for (int i = 0; i < model.outputs().size(); i++) {
      Tensor output = model.outputs().get(i);
      double[] numbers = numbers(output, n * output.size(point.steps(program)));
      values.put("output " + i, own(program, point, i, numbers));
    }
    model.carry(n);
    model.download();
    for (int i = 0; i < model.carried().size(); i++) {
      Tensor state = model.carried().get(i);
      values.put("carried " + i, numbers(state, n * state.size(point.steps(program))));
    }
    model.states().forEach(s -> values.put("state " + s.name(), numbers(s, s.length())));
    values.put("loss", new double[] {loss});
    model.gradients().forEach(d -> values.put("d " + d.name(), numbers(d, d.length())));
    return new Results(values);
  }

  /** Writes a point into the buffers of a model. */
  public static void set(Model model, Program program, Point point) {
    model.reserve(point.batch() + 2, point.steps(program) + 1);
    List<Tensor> tensors = new ArrayList<>(model.inputs());
    tensors.addAll(model.targets());
    program.lengths().ifPresent(v -> tensors.add(Tensor.labels("lengths", 0, model.lengths())));
    tensors.addAll(model.carried());
    tensors.addAll(model.weights());
    Iterator<Tensor> next = tensors.iterator();
    for (int i = 0; i < point.values().size(); i++) {
      double[] numbers = point.values().get(i);
      if (program.step().inputs().get(i).element() == Element.TRUTH) {
        for (int k = 0; k < numbers.length; k++) {
          model.continues()[k] = numbers[k] != 0;
        }
      } else {
        Tensor tensor = next.next();
        for (int k = 0; k < numbers.length; k++) {
          tensor.set(k, numbers[k]);
        }
      }
    }
    model.upload();
  }

  public static double[] numbers(Tensor tensor, int count) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, tensor::get);
    return numbers;
  }

  /** Outputs one after another; the means of losses and gradients. */
  public static Results mean(List<Results> ones) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (String name : ones.get(0).values.keySet()) {
      List<double[]> all = ones.stream().map(r -> r.values.get(name)).toList();
      values.put(name, name.matches("(output|carried) .*") ? joined(all) : meanOf(all));
    }
    return new Results(values);
  }

  private static double[] joined(List<double[]> all) {
    return all.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] meanOf(List<double[]> all) {
    double[] mean = new double[all.get(0).length];
    for (double[] each : all) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += each[i] / all.size();
      }
    }
    return mean;
  }

  public double loss() {
    return values.get("loss")[0];
  }

  /** The gradient of a parameter by its path. */
  public double[] gradient(String path) {
    return values.get("d " + path);
  }

  /** The numbers of the first output. */
  public double[] output() {
    return values.get("output 0");
  }
}
