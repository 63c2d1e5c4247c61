package dev.peephole.range;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
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
        for (int i = 0; i < equation.inputs().size(); i++) {
          if (i < scan.carried() || values.contains(equation.input(i))) {
            values.add(scan.step().inputs().get(i));
          }
        }
        follow(scan.step());
      }
    }
  }
}
