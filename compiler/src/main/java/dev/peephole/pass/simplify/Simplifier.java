package dev.peephole.pass.simplify;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Label;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Rewrite;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A builder that asks each op for something simpler and computes nothing twice. */
final class Simplifier extends Builder {
  private static final String PASS = Pass.nameOf(Simplify.class);

  private record Key(Op op, List<Var> inputs) {}

  private final Map<Key, Var> known = new HashMap<>();
  private final Map<Var, Integer> places = new HashMap<>();
  private final Map<Var, Label> labels = new HashMap<>();

  @Override
  public Var labelled(Label label, Op op, List<Var> inputs) {
    Var var = simplest(op, inputs);
    if (!label.equals(Label.NONE) && places.containsKey(var) && deservesName(var)) {
      labels.merge(var, label, (a, b) -> a.isHint() ? b : a);
    }
    return var;
  }

  private boolean hasName(Var var) {
    return labels.getOrDefault(var, Label.NONE).isName();
  }

  /** Constants, and values that are only repeated, need no name. */
  private boolean deservesName(Var var) {
    Equation e = definition(var);
    boolean constant = e.inputs().isEmpty() && e.op() instanceof Op.Pointwise;
    return !constant && !(e.op() instanceof Broadcast);
  }

  private Equation definition(Var var) {
    Integer place = places.get(var);
    return place == null ? null : equations().get(place);
  }

  private Var simplest(Op op, List<Var> inputs) {
    Key key = new Key(op, List.copyOf(inputs));
    Var before = known.get(key);
    if (before != null) {
      standsFor(before, origin(), List.of());
      return before;
    }
    Var result = rewritten(op, inputs).orElseGet(() -> append(op, inputs));
    known.put(key, result);
    return result;
  }

  /** Something simpler, with the origins of what it replaces. */
  private Optional<Var> rewritten(Op op, List<Var> inputs) {
    Type type = op.type(inputs.stream().map(Var::type).toList());
    Origin here = origin();
    int start = equations().size();
    Set<Var> seen = new LinkedHashSet<>();
    at(Origin.of(PASS, here));
    Rewrite rewrite =
        new Rewrite(
            this,
            var -> {
              seen.add(var);
              return definition(var);
            },
            this::hasName,
            op,
            inputs,
            type);
    Optional<Var> simpler = op.simplify(rewrite);
    at(here);
    simpler.ifPresent(result -> replaced(result, start, seen, here));
    return simpler;
  }

  /**
   * Says of new equations what they replace: the one that is simplified, and those that the rule
   * looked at and that are not read any more.
   */
  private void replaced(Var result, int start, Set<Var> seen, Origin here) {
    Set<Var> read = new HashSet<>(Set.of(result));
    for (Equation e : equations().subList(start, equations().size())) {
      read.addAll(e.inputs());
      read.addAll(e.outs());
    }
    List<Origin> skipped = new ArrayList<>();
    for (Var var : seen) {
      if (!read.contains(var) && places.containsKey(var)) {
        skipped.add(definition(var).origin());
      }
    }
    for (int i = start; i < equations().size(); i++) {
      Equation e = equations().get(i);
      if (e.out() != result) {
        List<Origin> parts = new ArrayList<>(List.of(e.origin()));
        parts.addAll(skipped);
        equations().set(i, e.from(Origin.of(PASS, parts)));
      }
    }
    standsFor(result, here, skipped);
    Equation e = definition(result);
    if (e != null && places.get(result) >= start && e.origin().equals(here)) {
      equations().set(places.get(result), e.from(Origin.replacing(PASS, here)));
    }
  }

  /**
   * Notes that a value is that of a further equation, too; a number of the model is not part of
   * every gradient in which the same number stands.
   */
  private void standsFor(Var var, Origin equal, List<Origin> parts) {
    Equation e = definition(var);
    boolean constant = e != null && e.op() instanceof Constant && !equal.shares().isEmpty();
    if (e != null && !constant) {
      Origin both = Origin.equal(PASS, List.of(e.origin(), equal), parts);
      equations().set(places.get(var), e.from(both));
    }
  }

  private Var append(Op op, List<Var> inputs) {
    Var out = super.labelled(Label.NONE, op, inputs);
    places.put(out, equations().size() - 1);
    return out;
  }

  /** The names and hints that values without one have earned. */
  Map<Var, Label> labels() {
    return labels;
  }
}
