package dev.peephole.explain;

import dev.peephole.interpret.Interpreter;
import dev.peephole.interpret.Scheduled;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Function;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.kernel.Update;
import dev.peephole.op.Constant;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.runtime.kernel.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What an optimizer does with one number of a parameter, with all numbers that it does it with;
 * nothing of one whose step is a matter of all numbers of the parameter.
 */
public final class UpdateRule {
  private final Optimizer optimizer;
  private final List<Caption.Equality> equalities = new ArrayList<>();
  private final Map<String, Double> constants = new LinkedHashMap<>();

  public UpdateRule(Optimizer optimizer) {
    this.optimizer = optimizer;
    Update update = Pipeline.optimizer(optimizer, Optimization.of(Style.TEXTBOOK));
    for (Kernel kernel : update.sums() ? List.<Kernel>of() : update.kernels()) {
      kernel.captions().forEach(caption -> caption.equality().ifPresent(equalities::add));
    }
    for (Equation e : optimizer.step().equations()) {
      if (e.op() instanceof Constant constant && !constant.label().isEmpty()) {
        constants.put(constant.label(), constant.value());
      }
    }
  }

  /** What the library calls it. */
  public String name() {
    return optimizer.name();
  }

  /** The constants that the formulas name. */
  public Map<String, Double> constants() {
    return constants;
  }

  /**
   * A line of it.
   *
   * @param formula as {@link MathMl} writes it, with the places of values in the other lists
   * @param names what the values are called
   * @param numbers what they are
   * @param result what the line makes of them
   */
  public record Line(
      List<Object> formula, List<String> names, List<Double> numbers, double result) {}

  /**
   * The lines, in double precision.
   *
   * @param parameter the number, before the step
   * @param now the moment of the step
   * @param remembered the number under the name of each state
   */
  public List<Line> lines(
      double parameter, double gradient, Moment now, ToDoubleFunction<String> remembered) {
    Interpreter interpreter = new Interpreter(1, 0);
    List<double[]> states =
        optimizer.states().stream()
            .map(state -> new double[] {remembered.applyAsDouble(state.name())})
            .toList();
    double[] number = {parameter};
    double[] slope = {gradient};
    interpreter.run(optimizer.step(), Scheduled.inputs(optimizer, number, slope, now, states));
    return equalities.stream().map(equality -> line(equality, interpreter)).toList();
  }

  private Line line(Caption.Equality equality, Interpreter interpreter) {
    List<Var> vars = new ArrayList<>(List.of(equality.left()));
    collect(equality.right(), vars);
    List<Double> numbers = vars.stream().map(var -> number(var, interpreter)).toList();
    return new Line(
        MathMl.of(equality, vars::indexOf),
        vars.stream().map(Var::name).toList(),
        numbers,
        numbers.get(0));
  }

  private static void collect(Expression e, List<Var> vars) {
    if (e instanceof Expression.Name name) {
      name.value().filter(var -> !vars.contains(var)).ifPresent(vars::add);
    }
    e.parts().forEach(part -> collect(part, vars));
  }

  /** The number of a value, which passes may have given another name. */
  private double number(Var var, Interpreter interpreter) {
    Function step = optimizer.step();
    Optional<Var> original =
        Stream.concat(
                step.inputs().stream(), step.equations().stream().flatMap(e -> e.outs().stream()))
            .filter(each -> each == var || each.is(var))
            .findFirst();
    return interpreter.value(original.orElse(var))[0];
  }
}
