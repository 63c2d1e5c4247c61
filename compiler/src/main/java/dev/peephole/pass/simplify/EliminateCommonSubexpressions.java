package dev.peephole.pass.simplify;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Common-subexpression elimination: computes a value once that is computed twice under one name, or
 * under none, before names are told apart: what {@code softmax} and {@code log_softmax} both need
 * of one tensor is one value.
 *
 * <pre>
 * before   peak = max(z)      e = exp(z − peak)      peak = max(z)      %1 = exp(z − peak)
 * after    peak = max(z)      e = exp(z − peak)
 * </pre>
 */
public final class EliminateCommonSubexpressions implements Pass {
  private record Key(Op op, List<Var> inputs) {}

  @Override
  public Function run(Function function) {
    Map<Key, Var> known = new HashMap<>();
    Map<Var, Var> now = new HashMap<>();
    List<Equation> equations = new ArrayList<>();
    for (Equation e : function.equations()) {
      List<Var> inputs = e.inputs().stream().map(x -> now.getOrDefault(x, x)).toList();
      Op op = e.op() instanceof Scan scan ? scan.withStep(run(scan.step())) : e.op();
      Var before = known.get(new Key(op, inputs));
      if (before != null && mayGoBy(before, e.out())) {
        now.put(e.out(), before);
      } else {
        equations.add(new Equation(e.outs(), op, inputs, e.origin()));
        known.put(new Key(op, inputs), e.out());
      }
    }
    List<Var> outputs = function.outputs().stream().map(x -> now.getOrDefault(x, x)).toList();
    return function.with(equations, outputs);
  }

  /** Whether nothing is lost if a value is another one: no name of its own. */
  private static boolean mayGoBy(Var other, Var var) {
    return !var.named() || var.name().equals(other.name());
  }
}
