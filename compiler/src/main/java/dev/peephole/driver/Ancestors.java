package dev.peephole.driver;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Var;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;

/** Follows equations from results to what they are computed from. */
final class Ancestors {
  private Ancestors() {}

  /** The given values and all that have a part in them. */
  static Set<Var> of(Collection<Var> values, Function function) {
    Set<Var> found = new HashSet<>(values);
    List<Equation> equations = function.equations();
    ListIterator<Equation> last = equations.listIterator(equations.size());
    while (last.hasPrevious()) {
      Equation equation = last.previous();
      if (equation.outs().stream().anyMatch(found::contains)) {
        found.addAll(equation.inputs());
      }
    }
    return found;
  }
}
