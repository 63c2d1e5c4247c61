package dev.peephole.pass;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Op;
import dev.peephole.ir.Rewrite;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A builder that asks each op for something simpler and computes nothing twice. */
final class Simplifier extends Builder {
  private record Key(Op op, List<Var> inputs) {}

  private final Map<Key, Var> known = new HashMap<>();
  private final Map<Var, Equation> definitions = new HashMap<>();
  private final Map<Var, String> names = new HashMap<>();

  @Override
  public Var named(String name, Op op, List<Var> inputs) {
    Var var = simplest(op, inputs);
    if (!name.isEmpty() && definitions.containsKey(var) && deservesName(var)) {
      names.merge(var, name, (a, b) -> Var.isWish(a) ? b : a);
    }
    return var;
  }

  private boolean hasName(Var var) {
    return names.containsKey(var) && !Var.isWish(names.get(var));
  }

  /** Constants, and values that are only repeated, need no name. */
  private boolean deservesName(Var var) {
    Equation e = definitions.get(var);
    boolean constant = e.inputs().isEmpty() && e.op() instanceof Op.Pointwise;
    return !constant && !(e.op() instanceof Broadcast);
  }

  private Var simplest(Op op, List<Var> inputs) {
    Key key = new Key(op, List.copyOf(inputs));
    Var before = known.get(key);
    if (before != null) {
      return before;
    }
    Type type = op.type(inputs.stream().map(Var::type).toList());
    Optional<Var> simpler =
        op.simplify(new Rewrite(this, definitions::get, this::hasName, op, inputs, type));
    Var result = simpler.orElseGet(() -> append(op, inputs));
    known.put(key, result);
    return result;
  }

  private Var append(Op op, List<Var> inputs) {
    Var out = super.named("", op, inputs);
    definitions.put(out, equations().get(equations().size() - 1));
    return out;
  }

  /** The names that values without one have earned. */
  Map<Var, String> names() {
    return names;
  }
}
