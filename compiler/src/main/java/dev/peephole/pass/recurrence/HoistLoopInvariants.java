package dev.peephole.pass.recurrence;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
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
      equations.add(e.op() instanceof Scan scan ? hoisted(e, scan, equations) : e);
    }
    return function.withEquations(equations);
  }

  /** The scan with less in it; what was taken out goes to {@code before}. */
  private static Equation hoisted(Equation scanned, Scan scan, List<Equation> before) {
    return new Hoisting(scanned, scan, before).run();
  }

  /** Goes through one step and sorts its equations into inside and outside. */
  private static final class Hoisting {
    private final Equation scanned;
    private final Scan scan;
    private final List<Equation> before;
    private final Map<Var, Var> outside = new HashMap<>();
    private final Map<Var, Equation> repeatable = new HashMap<>();
    private final Set<Var> constant;
    private final List<Var> elements;
    private final List<Var> sequences;
    private final List<Var> constants;
    private final List<Var> constantInputs;

    Hoisting(Equation scanned, Scan scan, List<Equation> before) {
      this.scanned = scanned;
      this.scan = scan;
      this.before = before;
      int split = scan.carried() + scan.sequences();
      for (int i = scan.carried(); i < scanned.inputs().size(); i++) {
        outside.put(scan.step().inputs().get(i), scanned.input(i));
      }
      elements = new ArrayList<>(scan.elements());
      sequences = new ArrayList<>(scanned.inputs().subList(scan.carried(), split));
      constants = new ArrayList<>(scan.constants());
      constantInputs = new ArrayList<>(scanned.inputs().subList(split, scanned.inputs().size()));
      constant = new HashSet<>(constants);
    }

    Equation run() {
      List<Equation> inside = new ArrayList<>();
      for (Equation e : scan.step().equations()) {
        if (constant.containsAll(e.inputs()) && !e.op().timed()) {
          takeOutConstant(e, inside);
        } else {
          Optional<Equation> lifted = lifted(e, scan, outside);
          lifted.ifPresent(all -> takeOut(e, all));
          if (lifted.isEmpty()) {
            inside.add(e);
          }
        }
      }
      List<Var> formal = new ArrayList<>(scan.before());
      formal.addAll(elements);
      formal.addAll(constants);
      List<Var> inputs = new ArrayList<>(scanned.inputs().subList(0, scan.carried()));
      inputs.addAll(sequences);
      inputs.addAll(constantInputs);
      Function step = new Function(scan.step().name(), formal, inside, scan.step().outputs());
      Scan less = scan.withStep(step, elements.size());
      return new Equation(scanned.outs(), less, inputs, scanned.origin());
    }

    private void takeOut(Equation e, Equation all) {
      before.add(all);
      elements.add(e.out());
      sequences.add(all.out());
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
      Var once = outside(e);
      constants.add(e.out());
      constantInputs.add(once);
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
  }

  /** The same equation for all time steps, if it is a product of what is known outside. */
  private static Optional<Equation> lifted(Equation e, Scan scan, Map<Var, Var> outside) {
    if (!(e.op() instanceof Op.Routine) || !outside.keySet().containsAll(e.inputs())) {
      return Optional.empty();
    }
    List<Boolean> varying = e.inputs().stream().map(v -> !scan.constants().contains(v)).toList();
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
