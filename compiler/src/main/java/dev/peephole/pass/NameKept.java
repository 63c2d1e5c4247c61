package dev.peephole.pass;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Style;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a name to every value that keeps a buffer and has none, after what computes it.
 *
 * <pre>
 * before   %1 = matmul(x, W)        z = add(%1, b)
 * after    xW = matmul(x, W)        z = add(xW, b)
 * </pre>
 */
public final class NameKept implements Pass {
  private final Style style;

  public NameKept(Style style) {
    this.style = style;
  }

  @Override
  public Function run(Function function) {
    Kept kept = new Kept(function, style);
    Set<String> taken = new HashSet<>();
    function.inputs().forEach(v -> taken.add(v.name()));
    function.equations().forEach(e -> taken.add(e.out().name()));
    Map<Var, String> names = new LinkedHashMap<>();
    for (Equation e : function.equations()) {
      if (!(e.op() instanceof Scan) && kept.keeps(e) && !kept.isJoined(e) && !e.out().named()) {
        String wish = e.out().wish();
        String name = wish.isEmpty() ? e.op().hint(renamed(e, names)) : wish;
        names.put(e.out(), free(name, taken));
      }
    }
    Function named = new Renaming(names).apply(function);
    return named.withEquations(named.equations().stream().map(this::insideToo).toList());
  }

  /** A scan's step gets its names likewise. */
  private Equation insideToo(Equation e) {
    return e.op() instanceof Scan scan
        ? new Equation(e.outs(), scan.withStep(run(scan.step())), e.inputs(), e.origin())
        : e;
  }

  /** The name, or the first of name2, name3, … that is not taken. */
  private static String free(String name, Set<String> taken) {
    String candidate = name;
    for (int number = 2; !taken.add(candidate); number++) {
      candidate = name + number;
    }
    return candidate;
  }

  private static List<Var> renamed(Equation e, Map<Var, String> names) {
    return e.inputs().stream()
        .map(x -> names.containsKey(x) ? x.renamed(names.get(x)) : x)
        .toList();
  }
}
