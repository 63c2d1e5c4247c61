package dev.peephole.pass.simplify;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Recurrence.Input;
import dev.peephole.ir.Recurrence.Result;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
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
        Equation trimmed = equation.op() instanceof Scan ? trimmed(equation, needed) : equation;
        live.addFirst(trimmed);
        needed.addAll(trimmed.inputs());
      }
    }
    return function.withEquations(live);
  }

  /** The scan without the results that nobody needs, and the inputs that they alone needed. */
  private Equation trimmed(Equation equation, Set<Var> needed) {
    Recurrence whole = Recurrence.of(equation);
    List<Result> wanted =
        whole.results().stream().filter(result -> needed.contains(result.all())).toList();
    Equation less = whole.with(whole.step(), wanted).equation();
    Function step = run(((Scan) less.op()).step());
    Set<Var> read = new HashSet<>(step.outputs());
    step.equations().forEach(e -> read.addAll(e.inputs()));
    return Recurrence.of(less)
        .with(read(whole.sequences(), read), read(whole.constants(), read), step.equations())
        .equation();
  }

  private static List<Input> read(List<Input> inputs, Set<Var> read) {
    return inputs.stream().filter(input -> read.contains(input.formal())).toList();
  }
}
