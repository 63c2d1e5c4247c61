package dev.peephole.interpret;

import dev.peephole.ir.Optimizer;
import dev.peephole.runtime.kernel.Moment;
import java.util.ArrayList;
import java.util.List;

/** What the options of optimizers that change come to, by the definitions of their ops. */
public final class Scheduled {
  private Scheduled() {}

  /** An option at a moment of a run. */
  public static double at(Optimizer.Option option, Moment now) {
    List<double[]> asked =
        option.readings().stream()
            .map(reading -> new double[] {reading.quantity().at(now)})
            .toList();
    return new Interpreter(1, 0).run(option.schedule(), asked).get(0)[0];
  }

  /**
   * What the step of an optimizer is given, in the order of its inputs.
   *
   * @param parameter numbers of a parameter
   * @param states what is remembered of each, in the order of the optimizer's states
   */
  public static List<double[]> inputs(
      Optimizer optimizer,
      double[] parameter,
      double[] gradient,
      Moment now,
      List<double[]> states) {
    List<double[]> inputs = new ArrayList<>();
    inputs.add(parameter);
    inputs.add(gradient);
    inputs.add(new double[] {now.step()});
    optimizer.options().forEach(option -> inputs.add(new double[] {at(option, now)}));
    inputs.addAll(states);
    return inputs;
  }
}
