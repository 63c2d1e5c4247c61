package dev.peephole.docs.library;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** By which rules of ops the equations of gradients follow. */
final class Rules {
  private final Map<Var, Equation> definitions = new HashMap<>();
  private final Set<Var> kept = new HashSet<>();

  /**
   * @param function the equations
   * @param kernels what was made of them: the values that are not written out where they are read
   */
  Rules(Function function, Collection<List<Kernel>> kernels) {
    add(function);
    kernels.forEach(this::keep);
  }

  private void add(Function function) {
    for (Equation e : function.equations()) {
      e.outs().forEach(out -> definitions.put(out, e));
      if (e.op() instanceof Scan scan) {
        add(scan.step());
      }
    }
  }

  private void keep(List<Kernel> kernels) {
    for (Kernel kernel : kernels) {
      kept.addAll(kernel.results());
      if (kernel instanceof Kernel.Recurrence recurrence) {
        keep(recurrence.body());
      }
    }
  }

  /** The rules of the shares that a kernel computes, as ops name them. */
  Set<String> of(Kernel kernel) {
    Set<String> rules = new LinkedHashSet<>();
    kernel.results().forEach(result -> collect(definitions.get(result), rules));
    return rules;
  }

  /** Those of an equation, and of what is written out in it; numbers follow from nothing. */
  private void collect(Equation equation, Set<String> rules) {
    collect(equation.origin(), rules);
    for (Var input : equation.inputs()) {
      Equation inner = definitions.get(input);
      if (inner != null && !kept.contains(input) && !isNumber(inner)) {
        collect(inner, rules);
      }
    }
  }

  /** Whether it is a number that the declaration or a rule says, everywhere. */
  private boolean isNumber(Equation equation) {
    Equation repeated =
        equation.op() instanceof Broadcast ? definitions.get(equation.input(0)) : equation;
    return repeated != null && repeated.op() instanceof Constant;
  }

  /** Of equal equations that a pass made one of, the first counts. */
  private static void collect(Origin origin, Set<String> rules) {
    if (origin instanceof Origin.Share share) {
      rules.add(share.rule());
    } else if (origin instanceof Origin.Made made) {
      made.equal().stream().limit(1).forEach(first -> collect(first, rules));
      made.parts().forEach(part -> collect(part, rules));
    } else if (!(origin instanceof Origin.Written)) {
      origin.sources().forEach(source -> collect(source, rules));
    }
    if (origin instanceof Origin.Sum) {
      rules.add(Origin.SUM_OF_SHARES);
    }
  }
}
