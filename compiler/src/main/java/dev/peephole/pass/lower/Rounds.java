package dev.peephole.pass.lower;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Renaming;
import dev.peephole.ir.Var;
import dev.peephole.op.Constant;
import dev.peephole.pass.naming.FreeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How often an optimizer goes through the numbers of a parameter: once, and once more for each sum
 * over all of them that waits for another one. A round puts what it changes in the place of what
 * was there before if no later one asks for that; what later rounds need besides they compute
 * again.
 *
 * <pre>
 * before   m = f(m, g)   u = h(m)   s = sum(u)   w = w − s · u
 * after    m = f(m, g)   u = h(m)   s = sum(u)        and then   u = h(m)   w = w − s · u
 * </pre>
 */
final class Rounds {
  private final Optimizer optimizer;
  private final List<Equation> equations;
  private final Map<Var, Integer> levels = new HashMap<>();
  private final Map<Var, Integer> stored = new LinkedHashMap<>();
  private final int last;

  Rounds(Optimizer optimizer) {
    this.optimizer = optimizer;
    this.equations = optimizer.step().equations();
    for (Equation e : equations) {
      int ready = e.inputs().stream().mapToInt(this::level).max().orElse(0);
      levels.put(e.out(), e.op() instanceof Op.Reduction ? ready + 1 : ready);
    }
    this.last = optimizer.changes().keySet().stream().mapToInt(this::level).max().orElse(0);
    optimizer.changes().keySet().forEach(after -> stored.put(after, level(after)));
    delay();
  }

  private int level(Var var) {
    return levels.getOrDefault(var, 0);
  }

  /** Lets what later equations ask for stay for another round, until nothing is lost too early. */
  private void delay() {
    boolean settled = false;
    while (!settled) {
      settled = true;
      for (Map.Entry<Var, Var> change : optimizer.changes().entrySet()) {
        int round = stored.get(change.getKey());
        if (round < last && isAskedFor(change.getValue(), round)) {
          stored.put(change.getKey(), round + 1);
          settled = false;
        }
      }
    }
  }

  /** Whether what comes after the changes of a round reads a value as it was before. */
  private boolean isAskedFor(Var before, int round) {
    for (int r = round; r <= last; r++) {
      Set<Var> wanted = new HashSet<>(sums(r));
      wanted.addAll(r > round ? changed(r) : List.of());
      Set<Var> given = new HashSet<>();
      for (int earlier = 0; earlier < r; earlier++) {
        given.addAll(sums(earlier));
        given.addAll(changed(earlier));
      }
      given.addAll(r == round ? changed(r) : List.of());
      if (read(needed(wanted, given)).contains(before)) {
        return true;
      }
    }
    return false;
  }

  /** The sums over all numbers that a round ends with. */
  private List<Var> sums(int round) {
    return equations.stream()
        .filter(e -> e.op() instanceof Op.Reduction && level(e.out()) == round + 1)
        .map(Equation::out)
        .toList();
  }

  /** What a round changes. */
  private List<Var> changed(int round) {
    return stored.entrySet().stream()
        .filter(change -> change.getValue() == round)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Set<Var> read(List<Equation> some) {
    Set<Var> read = new HashSet<>();
    some.forEach(e -> read.addAll(e.inputs()));
    return read;
  }

  /** The equations that some values need, in their order, where others are there already. */
  private List<Equation> needed(Set<Var> wanted, Set<Var> given) {
    Set<Var> open = new HashSet<>(wanted);
    List<Equation> needed = new ArrayList<>();
    for (int i = equations.size() - 1; i >= 0; i--) {
      Equation e = equations.get(i);
      if (open.contains(e.out()) && !given.contains(e.out())) {
        needed.add(0, e);
        open.addAll(e.inputs());
      }
    }
    return needed;
  }

  /** The optimizer whose numbers that one round hands to another have names, each its own. */
  static Optimizer named(Optimizer optimizer) {
    Function step = optimizer.step();
    Set<String> taken = new HashSet<>();
    step.inputs().forEach(v -> taken.add(v.name()));
    Set<Var> handed = new LinkedHashSet<>();
    new Rounds(optimizer).functions().forEach(round -> handed.addAll(round.outputs()));
    handed.removeAll(optimizer.changes().keySet());
    step.equations().stream()
        .map(Equation::out)
        .filter(out -> !handed.contains(out))
        .forEach(out -> taken.add(out.name()));
    Map<Var, String> names = new LinkedHashMap<>();
    for (Equation e : step.equations()) {
      if (handed.contains(e.out())) {
        String own = e.out().named() ? e.out().name() : e.out().hint();
        names.put(e.out(), FreeName.of(own.isEmpty() ? e.op().hint(e.inputs()) : own, taken));
      }
    }
    return optimizer.withStep(Renaming.named(names).apply(step));
  }

  /**
   * A function for each round: from what there is when it begins to what it changes and sums up.
   */
  List<Function> functions() {
    if (last == 0) {
      return List.of(optimizer.step());
    }
    List<Function> functions = new ArrayList<>();
    Set<Var> given = new LinkedHashSet<>();
    for (int round = 0; round <= last; round++) {
      Set<Var> wanted = new LinkedHashSet<>(changed(round));
      wanted.addAll(sums(round));
      List<Equation> now = needed(wanted, given);
      Set<Var> there = new HashSet<>(given);
      there.addAll(wanted);
      now.stream().filter(Rounds::isNumber).forEach(e -> there.add(e.out()));
      Set<Var> later = new HashSet<>();
      for (int next = round + 1; next <= last; next++) {
        Set<Var> then = new HashSet<>(changed(next));
        then.addAll(sums(next));
        later.addAll(read(needed(then, there)));
      }
      now.stream()
          .filter(e -> isNumber(e) && later.contains(e.out()))
          .forEach(e -> wanted.add(e.out()));
      List<Var> inputs = new ArrayList<>(optimizer.step().inputs());
      inputs.addAll(given);
      functions.add(kept(new Function(optimizer.name(), inputs, now, List.copyOf(wanted))));
      given.addAll(wanted);
    }
    return functions;
  }

  /** Gives what a round computes of a later one's changes a name of its own. */
  private Function kept(Function round) {
    Map<Var, String> names = new LinkedHashMap<>();
    optimizer.changes().keySet().stream()
        .filter(after -> !round.outputs().contains(after) && !round.inputs().contains(after))
        .forEach(after -> names.put(after, after.name() + "_next"));
    return Renaming.named(names).apply(round);
  }

  /** Whether this is a number that there is once for all of a parameter's. */
  private static boolean isNumber(Equation e) {
    return e.out().shape().rank() == 0 && !(e.op() instanceof Constant);
  }
}
