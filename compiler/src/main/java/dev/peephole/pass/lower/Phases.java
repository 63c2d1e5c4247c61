package dev.peephole.pass.lower;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Role;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;

/**
 * Divides a network with its gradients into what is computed when.
 *
 * @param function the same equations, sorted by phase
 * @param of the phase that computes a value
 */
public record Phases(Function function, Map<Var, Phase> of) {

  /** When a value is computed. */
  public enum Phase {
    /** What the outputs need and training too. */
    FORWARD,
    /** What only the outputs need. */
    OUTPUTS,
    /** What only the loss needs, and what layers keep for the next step. */
    LOSS,
    /** What only the gradients need. */
    BACKWARD
  }

  /** The phases of a network's function with its gradients. */
  public static Phases of(Function function) {
    Set<Var> forOutputs = needs(function, function.outputs(Role.OUTPUT));
    Set<Var> forLater = needs(function, function.outputs(Role.CARRIED_SEQUENCE));
    Set<Var> forLoss = needs(function, function.outputs(Role.LOSS));
    forLoss.addAll(needs(function, function.outputs(Role.STATE)));
    Set<Var> forTraining = needs(function, function.outputs(Role.GRADIENT));
    forTraining.addAll(forLoss);
    forOutputs.addAll(forLater);
    forTraining.addAll(forLater);
    Map<Var, Phase> phases = new HashMap<>();
    Map<Phase, List<Equation>> sorted = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      sorted.put(phase, new ArrayList<>());
    }
    for (Equation e : function.equations()) {
      Phase phase =
          any(e, forOutputs)
              ? any(e, forTraining) ? Phase.FORWARD : Phase.OUTPUTS
              : any(e, forLoss) ? Phase.LOSS : Phase.BACKWARD;
      e.outs().forEach(out -> phases.put(out, phase));
      sorted.get(phase).add(e);
    }
    List<Equation> equations = sorted.values().stream().flatMap(List::stream).toList();
    return new Phases(function.withEquations(equations), phases);
  }

  private static boolean any(Equation e, Set<Var> needed) {
    return e.outs().stream().anyMatch(needed::contains);
  }

  private static Set<Var> needs(Function function, List<Var> wanted) {
    Set<Var> needed = new HashSet<>(wanted);
    List<Equation> all = function.equations();
    ListIterator<Equation> last = all.listIterator(all.size());
    while (last.hasPrevious()) {
      Equation e = last.previous();
      if (any(e, needed)) {
        needed.addAll(e.inputs());
      }
    }
    return needed;
  }
}
