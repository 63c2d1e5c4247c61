package dev.peephole.pass.naming;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Label;
import dev.peephole.ir.Op;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Renaming;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers the values that share a name, in the order they are computed, as lectures do. A value of
 * a scan's step and the sequence that it is an element of are one and have one name, and so are
 * values of one name and one buffer. What a network is given and gives for each example keeps its
 * name, by which data finds it, and so does what the user alone calls so. A gradient that a value
 * of the model has taken the name of, such as ds where the user computes a ds, is called dL_ds.
 *
 * <pre>
 * before   W, W, z = x @ W, z = h @ W
 * after    W1, W2, z1 = x @ W1, z2 = h @ W2
 * </pre>
 */
public final class UniqueNames implements Pass {

  @Override
  public Function run(Function function) {
    return new Numbering(function).apply();
  }

  private static final class Numbering {
    private final Function function;
    private final Map<Var, List<Var>> groups = new LinkedHashMap<>();
    private final Map<Var, Var> leaders = new HashMap<>();
    private final Set<Var> gradients = new HashSet<>();

    Numbering(Function function) {
      this.function = function;
      collect(function);
    }

    private void collect(Function inner) {
      inner.inputs().forEach(this::alone);
      for (Equation e : inner.equations()) {
        e.outs().forEach(this::alone);
        if (!e.origin().gradientOf().isEmpty()) {
          gradients.addAll(e.outs());
        }
        if (e.op() instanceof Scan scan) {
          collect(scan, e);
        } else if (e.op() instanceof Op.View && e.out().name().equals(e.input(0).name())) {
          join(e.out(), e.input(0));
        }
      }
    }

    private void collect(Scan scan, Equation e) {
      Recurrence parts = Recurrence.of(e);
      parts.given().forEach(input -> join(input.formal(), input.given()));
      collect(scan.step());
      parts.all().forEach(result -> join(result.all(), result.each()));
    }

    private void alone(Var var) {
      if (leaders.putIfAbsent(var, var) == null) {
        groups.put(var, new ArrayList<>(List.of(var)));
      }
    }

    private void join(Var var, Var with) {
      alone(var);
      alone(with);
      Var leader = leaders.get(with);
      Var other = leaders.get(var);
      if (leader != other) {
        List<Var> members = groups.remove(other);
        members.forEach(m -> leaders.put(m, leader));
        groups.get(leader).addAll(members);
      }
    }

    Function apply() {
      Map<String, List<List<Var>>> sharing = new LinkedHashMap<>();
      Map<String, List<List<Var>>> hinted = new LinkedHashMap<>();
      for (List<Var> group : groups.values()) {
        Optional<Var> named = group.stream().filter(Var::named).findFirst();
        Optional<Var> hint = group.stream().filter(v -> !v.hint().isEmpty()).findFirst();
        if (named.isPresent()) {
          sharing.computeIfAbsent(named.get().name(), n -> new ArrayList<>()).add(group);
        } else {
          hint.ifPresent(v -> hinted.computeIfAbsent(v.hint(), n -> new ArrayList<>()).add(group));
        }
      }
      Set<String> taken = new HashSet<>(sharing.keySet());
      Map<Var, Label> renamed = new HashMap<>();
      sharing.forEach((name, same) -> number(name, same, taken, renamed));
      hinted.forEach((hint, same) -> numberHints(hint, same, renamed));
      return Renaming.of(renamed).apply(function);
    }

    /** Tells hints apart too, so that the gradients named after them are in step. */
    private static void numberHints(String hint, List<List<Var>> same, Map<Var, Label> renamed) {
      for (int i = 0; i < same.size() && same.size() > 1; i++) {
        Label numbered = Label.hint(hint + (i + 1));
        same.get(i).forEach(v -> renamed.put(v, numbered));
      }
    }

    private void number(
        String name, List<List<Var>> same, Set<String> taken, Map<Var, Label> renamed) {
      List<Var> keeper = keeper(same);
      boolean clash =
          same.stream().anyMatch(this::isGradient) && !same.stream().allMatch(this::isGradient);
      int number = keeper == null ? 0 : 1;
      for (List<Var> group : same) {
        String base = clash && group != keeper && isGradient(group) ? "dL_" + name : name;
        String unique = base;
        while (group != keeper && taken.contains(unique)) {
          number++;
          unique = base + number;
        }
        taken.add(unique);
        for (Var var : group) {
          renamed.put(var, Label.name(unique));
        }
      }
    }

    private boolean isGradient(List<Var> group) {
      return group.stream().anyMatch(gradients::contains);
    }

    /**
     * Those that keep the name, if they are alone, public, or the only ones that the user named.
     */
    private List<Var> keeper(List<List<Var>> same) {
      List<List<Var>> given = same.stream().filter(g -> g.stream().anyMatch(Var::isGiven)).toList();
      return same.stream()
          .filter(g -> same.size() == 1 || isPublic(g))
          .findFirst()
          .orElse(given.size() == 1 ? given.get(0) : null);
    }

    /** Whether a value is an input, a target or an output of a network. */
    private boolean isPublic(List<Var> group) {
      return group.stream()
          .filter(v -> v.shape().batched())
          .anyMatch(v -> function.inputs().contains(v) || function.outputs().contains(v));
    }
  }
}
