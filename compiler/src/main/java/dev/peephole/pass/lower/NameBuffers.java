package dev.peephole.pass.lower;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Renaming;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Optimization;
import dev.peephole.pass.naming.FreeName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a name to every value that keeps a buffer and has none, after what computes it. Of two
 * values with one buffer, one that has no name takes the other's.
 *
 * <pre>
 * before   %1 = matmul(x, W)        %2 = add(%1, b)        y = reshape(%2)
 * after    xW = matmul(x, W)        y = add(xW, b)         y = reshape(y)
 * </pre>
 */
public final class NameBuffers implements Pass {
  private final Set<Optimization> optimizations;

  /**
   * @param optimizations those that decide what keeps a buffer
   */
  public NameBuffers(Set<Optimization> optimizations) {
    this.optimizations = optimizations;
  }

  @Override
  public Function run(Function function) {
    return run(function, false);
  }

  private Function run(Function function, boolean step) {
    Materialized kept = new Materialized(function, optimizations, step);
    Set<String> taken = new HashSet<>();
    function.inputs().forEach(v -> taken.add(v.name()));
    function.equations().forEach(e -> taken.add(e.out().name()));
    Map<Var, String> names = namesOfViews(function);
    Map<Var, String> viewed = hintsOfViews(function);
    for (Equation e : function.equations()) {
      boolean open = !e.out().named() && !names.containsKey(e.out());
      if (open && e.op() instanceof Op.View && !function.outputs().contains(e.out())) {
        names.put(e.out(), renamed(e.input(0), names).name());
      } else if (open && !(e.op() instanceof Scan) && kept.keeps(e) && !kept.isJoined(e)) {
        String own = e.out().hint();
        String hint = own.isEmpty() ? viewed.getOrDefault(e.out(), "") : own;
        String name = hint.isEmpty() ? e.op().hint(renamed(e, names)) : hint;
        names.put(e.out(), FreeName.of(name, taken));
      } else if (e.op() instanceof Scan) {
        nameSequences(e, names, taken);
      }
    }
    Function named = Renaming.named(names).apply(function);
    return named.withEquations(named.equations().stream().map(this::insideToo).toList());
  }

  /** A sequence without a name is called after what is one element of it. */
  private static void nameSequences(Equation e, Map<Var, String> names, Set<String> taken) {
    for (Recurrence.Result result : Recurrence.of(e).all()) {
      if (!result.all().named()) {
        String name = result.each().named() ? result.each().name() + "_t" : "sequence";
        names.put(result.all(), FreeName.of(name, taken));
      }
    }
  }

  /** The names of values that have none themselves, but a view on them has. */
  private static Map<Var, String> namesOfViews(Function function) {
    Map<Var, String> names = new LinkedHashMap<>();
    List<Equation> equations = function.equations();
    for (int i = equations.size() - 1; i >= 0; i--) {
      Equation e = equations.get(i);
      boolean named = e.out().named() || names.containsKey(e.out());
      if (e.op() instanceof Op.View && named && !e.input(0).named()) {
        names.put(e.input(0), renamed(e.out(), names).name());
      }
    }
    return names;
  }

  /** What to call values that nobody has a hint for themselves, but for a view on them. */
  private static Map<Var, String> hintsOfViews(Function function) {
    Map<Var, String> hints = new LinkedHashMap<>();
    for (Equation e : function.equations()) {
      if (e.op() instanceof Op.View && !e.out().hint().isEmpty()) {
        hints.putIfAbsent(e.input(0), e.out().hint());
      }
    }
    return hints;
  }

  /** A scan's step gets its names likewise. */
  private Equation insideToo(Equation e) {
    return e.op() instanceof Scan scan
        ? new Equation(e.outs(), scan.withStep(run(scan.step(), true)), e.inputs(), e.origin())
        : e;
  }

  private static List<Var> renamed(Equation e, Map<Var, String> names) {
    return e.inputs().stream().map(x -> renamed(x, names)).toList();
  }

  private static Var renamed(Var var, Map<Var, String> names) {
    return names.containsKey(var) ? var.renamed(names.get(var)) : var;
  }
}
