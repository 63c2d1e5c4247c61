package dev.peephole.range;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import java.util.HashSet;
import java.util.Set;

/** The values that trained parameters have a part in, those in the steps of scans too. */
final class Trained {
  private final Set<Var> values;

  Trained(Program program) {
    values = new HashSet<>(program.weights());
    follow(program.step());
  }

  boolean contains(Var var) {
    return values.contains(var);
  }

  private void follow(Function function) {
    for (Equation equation : function.equations()) {
      if (equation.inputs().stream().noneMatch(values::contains)) {
        continue;
      }
      values.addAll(equation.outs());
      if (equation.op() instanceof Scan scan) {
        Recurrence parts = Recurrence.of(equation);
        parts.states().forEach(state -> values.add(state.before()));
        parts.given().stream()
            .filter(input -> values.contains(input.given()))
            .forEach(input -> values.add(input.formal()));
        follow(scan.step());
      }
    }
  }
}
