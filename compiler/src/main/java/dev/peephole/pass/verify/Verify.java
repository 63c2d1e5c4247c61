package dev.peephole.pass.verify;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes sure that a function is well formed; the driver runs it after each pass. */
public final class Verify {
  private Verify() {}

  /**
   * @param stage what ran before
   * @throws IllegalStateException if a value is used before it is computed, computed twice, or of
   *     another type than its op gives
   */
  public static void verify(Function function, String stage) {
    Set<Var> known = new HashSet<>(function.inputs());
    for (Equation e : function.equations()) {
      for (Var input : e.inputs()) {
        if (!known.contains(input)) {
          throw refused(input + " is used before it is computed", e, stage);
        }
      }
      List<Type> types = e.op().types(types(e.inputs()));
      if (!types.equals(types(e.outs()))) {
        throw refused("the op gives " + (types.size() == 1 ? types.get(0) : types), e, stage);
      }
      for (Var out : e.outs()) {
        if (!known.add(out)) {
          throw refused(out + " is computed twice", e, stage);
        }
      }
      if (e.op() instanceof Scan scan) {
        verify(scan.step(), stage);
      }
    }
    for (Var output : function.outputs()) {
      if (!known.contains(output)) {
        throw new IllegalStateException("after " + stage + ": output " + output + " is missing");
      }
    }
  }

  private static List<Type> types(List<Var> vars) {
    List<Type> types = new ArrayList<>(vars.size());
    vars.forEach(var -> types.add(var.type()));
    return types;
  }

  private static IllegalStateException refused(String message, Equation e, String stage) {
    return new IllegalStateException(
        "after " + stage + ": " + e.out() + " = " + e.op().name() + e.inputs() + ": " + message);
  }
}
