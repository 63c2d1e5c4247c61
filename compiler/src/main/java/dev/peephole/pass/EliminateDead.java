package dev.peephole.pass;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Var;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;

/**
 * Drops the equations that no output needs.
 *
 * <pre>
 * before   a = exp(x)      b = tanh(x)      outputs b
 * after    b = tanh(x)                      outputs b
 * </pre>
 */
public final class EliminateDead implements Pass {

  @Override
  public Function run(Function function) {
    Set<Var> needed = new HashSet<>(function.outputs());
    LinkedList<Equation> live = new LinkedList<>();
    List<Equation> all = function.equations();
    ListIterator<Equation> last = all.listIterator(all.size());
    while (last.hasPrevious()) {
      Equation equation = last.previous();
      if (needed.contains(equation.out())) {
        live.addFirst(equation);
        needed.addAll(equation.inputs());
      }
    }
    return function.withEquations(live);
  }
}
