package dev.peephole.pass.verify;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
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
        require(known.contains(input), input + " is used before it is computed", e, stage);
      }
      List<Type> types = e.op().types(e.inputs().stream().map(Var::type).toList());
      List<Type> declared = e.outs().stream().map(Var::type).toList();
      require(
          types.equals(declared),
          "the op gives " + (types.size() == 1 ? types.get(0) : types),
          e,
          stage);
      for (Var out : e.outs()) {
        require(known.add(out), out + " is computed twice", e, stage);
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

  private static void require(boolean holds, String message, Equation e, String stage) {
    if (!holds) {
      throw new IllegalStateException(
          "after " + stage + ": " + e.out() + " = " + e.op().name() + e.inputs() + ": " + message);
    }
  }
}
