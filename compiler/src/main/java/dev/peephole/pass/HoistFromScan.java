package dev.peephole.pass;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes products that do not depend on the states out of a scan: one over all time steps instead of
 * one at each.
 *
 * <pre>
 * before   for each t: z = x[t] @ W + sPrev @ U
 * after    xW = x @ W        for each t: z = xW[t] + sPrev @ U
 * </pre>
 */
public final class HoistFromScan implements Pass {

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
    Map<Var, Var> outside = new HashMap<>();
    for (int i = scan.carried(); i < scanned.inputs().size(); i++) {
      outside.put(scan.step().inputs().get(i), scanned.input(i));
    }
    List<Var> elements = new ArrayList<>(scan.elements());
    List<Var> sequences =
        new ArrayList<>(
            scanned.inputs().subList(scan.carried(), scan.carried() + scan.sequences()));
    List<Equation> inside = new ArrayList<>();
    for (Equation e : scan.step().equations()) {
      Optional<Equation> lifted = lifted(e, scan, outside);
      if (lifted.isPresent()) {
        before.add(lifted.get());
        elements.add(e.out());
        sequences.add(lifted.get().out());
        outside.put(e.out(), lifted.get().out());
      } else {
        inside.add(e);
      }
    }
    List<Var> formal = new ArrayList<>(scan.before());
    formal.addAll(elements);
    formal.addAll(scan.constants());
    List<Var> inputs = new ArrayList<>(scanned.inputs().subList(0, scan.carried()));
    inputs.addAll(sequences);
    inputs.addAll(
        scanned.inputs().subList(scan.carried() + scan.sequences(), scanned.inputs().size()));
    Function step = new Function(scan.step().name(), formal, inside, scan.step().outputs());
    Scan less = new Scan(step, scan.carried(), elements.size(), scan.length(), scan.reversed());
    return new Equation(scanned.outs(), less, inputs, scanned.origin());
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
                    Var.of(e.out().label(), scan.sequence(e.out().type())),
                    op,
                    inputs,
                    e.origin()));
  }
}
