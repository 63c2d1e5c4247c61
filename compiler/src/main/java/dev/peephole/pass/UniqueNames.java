package dev.peephole.pass;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Numbers the values that share a name, in the order they are computed, as lectures do.
 *
 * <pre>
 * before   W, W, z = x @ W, z = h @ W
 * after    W1, W2, z1 = x @ W1, z2 = h @ W2
 * </pre>
 */
public final class UniqueNames implements Pass {

  @Override
  public Function run(Function function) {
    return new Renaming(renames(function)).apply(function);
  }

  /** The new names of the values whose names change. */
  public static Map<Var, String> renames(Function function) {
    Set<Var> all = new LinkedHashSet<>(function.inputs());
    function.equations().stream().map(Equation::out).forEach(all::add);
    Map<String, List<Var>> sharing = new LinkedHashMap<>();
    for (Var var : all) {
      if (var.named()) {
        sharing.computeIfAbsent(var.name(), n -> new ArrayList<>()).add(var);
      }
    }
    Set<String> taken = new HashSet<>(sharing.keySet());
    Map<Var, String> renamed = new HashMap<>();
    for (Map.Entry<String, List<Var>> entry : sharing.entrySet()) {
      int number = 0;
      if (entry.getValue().size() > 1) {
        for (Var var : entry.getValue()) {
          do {
            number++;
          } while (taken.contains(entry.getKey() + number));
          renamed.put(var, entry.getKey() + number);
        }
      }
    }
    taken.addAll(renamed.values());
    return renamed;
  }
}
