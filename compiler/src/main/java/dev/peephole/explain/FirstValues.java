package dev.peephole.explain;

import dev.peephole.explain.Trace.First;
import dev.peephole.explain.Trace.Said;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Kernel;
import dev.peephole.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;

/** How parameters get their first values, as formulas. */
final class FirstValues {
  private FirstValues() {}

  /**
   * Those of a network's parameters.
   *
   * @param program the network whose values the page has
   */
  static List<First> of(Program program, Values values) {
    List<First> all = new ArrayList<>();
    for (int i = 0; i < program.weights().size(); i++) {
      Var weight = program.weights().get(i);
      int value = values.number(weight);
      List<Said> lines = new ArrayList<>();
      for (Kernel kernel :
          Pipeline.initializer(program.parameters().get(i).initializer(), weight.name())
              .kernels()) {
        kernel.captions().stream()
            .flatMap(caption -> caption.equality().stream())
            .forEach(equality -> lines.add(said(equality, weight.name(), value)));
      }
      all.add(new First(value, lines));
    }
    return all;
  }

  /** A line; what has the parameter's name is the parameter. */
  private static Said said(Caption.Equality equality, String parameter, int value) {
    return new Said(
        MathMl.of(
            equality,
            var ->
                var.name().equals(parameter) ? (Object) value : MathMl.element("mi", var.name())),
        equality.text());
  }
}
