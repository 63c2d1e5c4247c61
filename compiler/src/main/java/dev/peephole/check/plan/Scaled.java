package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.syntax.Ident;
import java.util.List;

/** Inputs and targets that a plan scales. */
final class Scaled {
  private Scaled() {}

  /** The name of an input or target that can be scaled: it is made of numbers. */
  static String name(Ident name, PlanDraft plan) {
    Var var = plan.tensor(name);
    if (!var.real()) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, name.span(), "labels cannot be scaled")
              .note("'" + name + "' is class(" + var.classes() + ")"));
    }
    requireAnswersInItsShape(plan.program(), var, name);
    plan.scaled(name);
    return name.name();
  }

  /** An output is given out on the scale of its target, number by number. */
  private static void requireAnswersInItsShape(Program program, Var var, Ident name) {
    int target = program.targets().indexOf(var);
    for (int k = 0; target >= 0 && k < program.outputs().size(); k++) {
      Var output = program.outputs().get(k);
      if (program.answers().get(k) == target && !sameNumbers(output, var)) {
        throw new CheckException(
            Diagnostic.error(Code.PLAN, name.span(), "this scale cannot be undone in predictions")
                .note(
                    "'"
                        + output.name()
                        + "' answers it and is "
                        + output.shape().example()
                        + ", and '"
                        + name
                        + "' is "
                        + var.shape().example()));
      }
    }
  }

  /** Whether two shapes are the same, axes of length 1 left aside. */
  private static boolean sameNumbers(Var output, Var target) {
    return axes(output).equals(axes(target));
  }

  private static List<Integer> axes(Var var) {
    return var.shape().example().axes().stream().filter(length -> length != 1).toList();
  }
}
