package dev.peephole.pass.simplify;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Label;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Renaming;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies the laws that the ops declare, and computes equal values once.
 *
 * <pre>
 * before   a = multiply(x, 1)      b = add(a, y)      c = add(x, y)
 * after    b = add(x, y)           (and b stands for c)
 * </pre>
 */
public final class Simplify implements Pass {

  @Override
  public Function run(Function function) {
    Simplifier builder = new Simplifier();
    Map<Var, Var> now = new HashMap<>();
    Map<Var, Var> first = new HashMap<>();
    for (Equation e : function.equations()) {
      builder.at(e.origin());
      List<Var> inputs = e.inputs().stream().map(x -> now.getOrDefault(x, x)).toList();
      if (e.op() instanceof Scan scan) {
        builder.add(new Equation(e.outs(), scan.withStep(run(scan.step())), inputs, e.origin()));
      } else {
        Var simple = builder.labelled(e.out().label(), e.op(), inputs);
        now.put(e.out(), simple);
        first.putIfAbsent(simple, e.out());
      }
    }
    List<Var> outputs = function.outputs().stream().map(x -> now.getOrDefault(x, x)).toList();
    Map<Var, Label> labels = new HashMap<>(builder.labels());
    for (int i = 0; i < outputs.size(); i++) {
      labels.putIfAbsent(outputs.get(i), function.outputs().get(i).label());
    }
    Function simpler = function.with(builder.equations(), outputs);
    return Renaming.to(named(simpler, first, labels)).apply(simpler);
  }

  /** Every value as the first one that it stands for, with the name that it has earned. */
  private static Map<Var, Var> named(
      Function simpler, Map<Var, Var> first, Map<Var, Label> labels) {
    Map<Var, Var> named = new HashMap<>();
    for (Equation e : simpler.equations()) {
      if (!(e.op() instanceof Scan)) {
        Var same = first.getOrDefault(e.out(), e.out());
        named.put(e.out(), same.labelled(labels.getOrDefault(e.out(), Label.NONE)));
      }
    }
    return named;
  }
}
