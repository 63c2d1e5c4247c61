package dev.peephole.ir;

import java.util.List;

/** Equations in an order in which they can be computed, from inputs to outputs. */
public record Function(String name, List<Var> inputs, List<Equation> equations, List<Var> outputs) {
  public Function {
    inputs = List.copyOf(inputs);
    equations = List.copyOf(equations);
    outputs = List.copyOf(outputs);
  }

  /** The equations that are recurrences, without those inside their steps. */
  public List<Equation> scans() {
    return equations.stream().filter(e -> e.op() instanceof Scan).toList();
  }

  /** Whether one of the equations, in the steps of scans too, asks if this is training. */
  public boolean dependsOnMode() {
    return equations.stream()
        .anyMatch(
            e ->
                e.op().dependsOnMode()
                    || e.op() instanceof Scan scan && scan.step().dependsOnMode());
  }

  public Function withEquations(List<Equation> changed) {
    return new Function(name, inputs, changed, outputs);
  }
}
