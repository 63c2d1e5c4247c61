package dev.peephole.pass.naming;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.op.Constant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Numbers the constants that share a name, with each other or with a value, and are not the same:
 * options of one layer that is applied twice.
 *
 * <pre>
 * before   slope = 0.01      slope = 0.2
 * after    slope = 0.01      slope2 = 0.2
 * </pre>
 */
public final class UniqueConstants implements Pass {

  @Override
  public Function run(Function function) {
    Set<String> taken = new HashSet<>();
    collect(function, taken);
    return new Numbering(taken).numbered(function);
  }

  private static void collect(Function function, Set<String> names) {
    function.inputs().stream().map(Var::name).forEach(names::add);
    for (Equation e : function.equations()) {
      e.outs().stream().map(Var::name).forEach(names::add);
      if (e.op() instanceof Scan scan) {
        collect(scan.step(), names);
      }
    }
  }

  /** Gives names to constants, the same to those that have one value. */
  private record Numbering(Set<String> taken, Map<Constant, String> labels) {
    Numbering(Set<String> taken) {
      this(taken, new HashMap<>());
    }

    Function numbered(Function function) {
      return function.withEquations(function.equations().stream().map(this::numbered).toList());
    }

    private Equation numbered(Equation e) {
      if (e.op() instanceof Scan scan) {
        return new Equation(e.outs(), scan.withStep(numbered(scan.step())), e.inputs(), e.origin());
      } else if (e.op() instanceof Constant constant && !constant.label().isEmpty()) {
        String label = labels.computeIfAbsent(constant, c -> FreeName.of(c.label(), taken));
        return new Equation(
            e.outs(), new Constant(constant.value(), label), e.inputs(), e.origin());
      }
      return e;
    }
  }
}
