package dev.peephole.explain;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.Network;
import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Program;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.kernel.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers of all values of a {@link Trace}, for a batch: forward values and gradients. */
public final class BatchNumbers {
  private final Program program;
  private final List<Var> vars = new ArrayList<>();

  public BatchNumbers(Compilation compilation, Network network) {
    Equations equations =
        new Equations(
            network,
            network.program(Style.TEXTBOOK),
            new Places(compilation.main(), compilation.imports()));
    program = equations.program();
    for (int v = 0; v < equations.values().count(); v++) {
      vars.add(equations.values().var(v));
    }
  }

  /**
   * The numbers of a value.
   *
   * @param value its place in {@link Trace#values}
   * @param steps for a value that is another one at each time step, those that there are; else 0
   * @param numbers row after row; where there are time steps, those of the first example at each
   */
  public record Numbers(int value, int steps, double[] numbers) {}

  /**
   * Computes a step of training in double precision.
   *
   * @param inputs those of the network's step, in their order
   * @param n how many examples they hold
   * @param longest how many time steps open axes have
   */
  public List<Numbers> of(List<double[]> inputs, int n, int longest, Mode mode) {
    Map<Var, double[][]> overTime = new HashMap<>();
    Map<Equation, Integer> taken = new HashMap<>();
    Interpreter interpreter =
        new Interpreter(n, mode)
            .watchingScans((scan, at) -> watch(scan, at, longest, taken, overTime));
    interpreter.run(program.step(), inputs);
    List<Numbers> found = new ArrayList<>();
    for (int v = 0; v < vars.size(); v++) {
      double[] numbers = interpreter.value(vars.get(v));
      if (overTime.containsKey(vars.get(v))) {
        found.add(joined(v, overTime.get(vars.get(v)), n));
      } else if (numbers != null) {
        found.add(new Numbers(v, 0, numbers));
      }
    }
    return found;
  }

  private void watch(
      Equation scan,
      Interpreter at,
      int longest,
      Map<Equation, Integer> taken,
      Map<Var, double[][]> overTime) {
    Scan op = (Scan) scan.op();
    int length = op.length() < 0 ? longest : op.length();
    int k = taken.merge(scan, 1, Integer::sum) - 1;
    int t = op.reversed() ? length - 1 - k : k;
    List<Var> constants =
        Recurrence.of(scan).constants().stream().map(Recurrence.Input::formal).toList();
    for (Var var : vars) {
      if (!constants.contains(var) && at.value(var) != null) {
        overTime.computeIfAbsent(var, v -> new double[length][])[t] = at.value(var);
      }
    }
  }

  /** The first example of all time steps, if its values are those of examples. */
  private Numbers joined(int v, double[][] steps, int n) {
    int width = vars.get(v).shape().batched() ? steps[0].length / n : steps[0].length;
    double[] all = new double[steps.length * width];
    for (int t = 0; t < steps.length; t++) {
      System.arraycopy(steps[t], 0, all, t * width, width);
    }
    return new Numbers(v, steps.length, all);
  }
}
