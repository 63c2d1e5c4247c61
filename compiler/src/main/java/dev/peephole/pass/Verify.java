package dev.peephole.pass;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.HashSet;
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
      Type type = e.op().type(e.inputs().stream().map(Var::type).toList());
      require(type.equals(e.out().type()), "the op gives " + type, e, stage);
      require(known.add(e.out()), e.out() + " is computed twice", e, stage);
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
