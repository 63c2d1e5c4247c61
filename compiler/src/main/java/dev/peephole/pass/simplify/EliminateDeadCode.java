package dev.peephole.pass.simplify;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;

/**
 * Drops the equations that no output needs, inside the steps of scans too.
 *
 * <pre>
 * before   a = exp(x)      b = tanh(x)      outputs b
 * after    b = tanh(x)                      outputs b
 * </pre>
 */
public final class EliminateDeadCode implements Pass {

  @Override
  public Function run(Function function) {
    Set<Var> needed = new HashSet<>(function.outputs());
    LinkedList<Equation> live = new LinkedList<>();
    List<Equation> all = function.equations();
    ListIterator<Equation> last = all.listIterator(all.size());
    while (last.hasPrevious()) {
      Equation equation = last.previous();
      if (equation.outs().stream().anyMatch(needed::contains)) {
        Equation trimmed =
            equation.op() instanceof Scan scan ? trimmed(equation, scan, needed) : equation;
        live.addFirst(trimmed);
        needed.addAll(trimmed.inputs());
      }
    }
    return function.withEquations(live);
  }

  /** The scan without the results that nobody needs, and the inputs that they alone needed. */
  private Equation trimmed(Equation equation, Scan scan, Set<Var> needed) {
    List<Var> outs = new ArrayList<>();
    List<Var> outputs = new ArrayList<>();
    for (int i = 0; i < equation.outs().size(); i++) {
      if (i < scan.carried() || needed.contains(equation.outs().get(i))) {
        outs.add(equation.outs().get(i));
        outputs.add(scan.step().outputs().get(i));
      }
    }
    Function whole = scan.step();
    Function step = run(new Function(whole.name(), whole.inputs(), whole.equations(), outputs));
    Set<Var> read = new HashSet<>(outputs);
    step.equations().forEach(e -> read.addAll(e.inputs()));
    List<Var> formal = new ArrayList<>();
    List<Var> inputs = new ArrayList<>();
    int sequences = 0;
    for (int i = 0; i < whole.inputs().size(); i++) {
      if (i < scan.carried() || read.contains(whole.inputs().get(i))) {
        formal.add(whole.inputs().get(i));
        inputs.add(equation.input(i));
        sequences += scan.isSequence(i) ? 1 : 0;
      }
    }
    Function kept = new Function(step.name(), formal, step.equations(), outputs);
    Scan less = scan.withStep(kept, sequences);
    return new Equation(outs, less, inputs, equation.origin());
  }
}
