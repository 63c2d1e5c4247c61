package dev.peephole.pass.recurrence;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Recurrence.Input;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Loop-invariant code motion: takes what is the same at all time steps out of a scan, and products
 * that do not depend on the states, one over all time steps instead of one at each.
 *
 * <pre>
 * before   for each t: z = x[t] @ W + sPrev @ U
 * after    xW = x @ W        for each t: z = xW[t] + sPrev @ U
 * </pre>
 */
public final class HoistLoopInvariants implements Pass {
  private static final String PASS = Pass.nameOf(HoistLoopInvariants.class);

  @Override
  public Function run(Function function) {
    List<Equation> equations = new ArrayList<>();
    for (Equation e : function.equations()) {
      equations.add(e.op() instanceof Scan ? new Hoisting(Recurrence.of(e), equations).run() : e);
    }
    return function.withEquations(equations);
  }

  /**
   * Goes through one step and sorts its equations into inside and outside; what was taken out goes
   * to {@code before}.
   */
  private static final class Hoisting {
    private final Recurrence scan;
    private final List<Equation> before;
    private final Map<Var, Var> outside = new HashMap<>();
    private final Map<Var, Equation> repeatable = new HashMap<>();
    private final Set<Var> constant = new HashSet<>();
    private final List<Input> sequences;
    private final List<Input> constants;

    Hoisting(Recurrence scan, List<Equation> before) {
      this.scan = scan;
      this.before = before;
      this.sequences = new ArrayList<>(scan.sequences());
      this.constants = new ArrayList<>(scan.constants());
      scan.given().forEach(input -> outside.put(input.formal(), input.given()));
      constants.forEach(input -> constant.add(input.formal()));
    }

    Equation run() {
      List<Equation> inside = new ArrayList<>();
      for (Equation e : scan.step()) {
        if (constant.containsAll(e.inputs()) && !e.op().timed()) {
          takeOutConstant(e, inside);
        } else {
          Optional<Equation> lifted = lifted(e);
          lifted.ifPresent(all -> takeOut(e, all));
          if (lifted.isEmpty()) {
            inside.add(e);
          }
        }
      }
      return scan.with(sequences, constants, inside).equation();
    }

    private void takeOut(Equation e, Equation all) {
      before.add(all);
      sequences.add(new Input(e.out(), all.out()));
      outside.put(e.out(), all.out());
    }

    /** What is the same at all steps is computed once; numbers and what repeats them stay. */
    private void takeOutConstant(Equation e, List<Equation> inside) {
      constant.add(e.out());
      if (e.inputs().isEmpty() || e.op() instanceof Broadcast) {
        repeatable.put(e.out(), e);
        inside.add(e);
        return;
      }
      constants.add(new Input(e.out(), outside(e)));
    }

    private Var outside(Equation e) {
      List<Var> inputs = new ArrayList<>();
      for (Var input : e.inputs()) {
        inputs.add(repeatable.containsKey(input) ? repeated(input) : outside.get(input));
      }
      Var once = e.out().another();
      before.add(new Equation(once, e.op(), inputs, Origin.replacing(PASS, e.origin())));
      outside.put(e.out(), once);
      return once;
    }

    private Var repeated(Var var) {
      return outside.containsKey(var) ? outside.get(var) : outside(repeatable.get(var));
    }

    /** The same equation for all time steps, if it is a product of what is known outside. */
    private Optional<Equation> lifted(Equation e) {
      if (!(e.op() instanceof Op.Routine) || !outside.keySet().containsAll(e.inputs())) {
        return Optional.empty();
      }
      Set<Var> same = scan.constants().stream().map(Input::formal).collect(Collectors.toSet());
      List<Boolean> varying = e.inputs().stream().map(v -> !same.contains(v)).toList();
      List<Var> inputs = e.inputs().stream().map(outside::get).toList();
      return e.op()
          .lifted(scan.length(), varying)
          .map(
              op ->
                  new Equation(
                      e.out().another(scan.sequence(e.out().type())),
                      op,
                      inputs,
                      Origin.replacing(PASS, e.origin())));
    }
  }
}
