package dev.peephole.pass.differentiate;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What gradients are made of, and of which values they are the whole gradients. */
final class GradientOrigins {
  private final Map<Var, List<Origin>> shares = new HashMap<>();
  private final Map<Var, List<Origin>> passed = new HashMap<>();
  private final Map<Var, Var> sources = new HashMap<>();
  private final Map<Var, List<Origin.Of>> complete = new HashMap<>();

  /** Notes a further share of a value's gradient; gives the origin of the sum of all so far. */
  Origin share(Var value, Origin share) {
    List<Origin> all = shares.computeIfAbsent(value, v -> new ArrayList<>());
    all.add(share);
    return new Origin.Sum(all);
  }

  /**
   * Notes that an equation passes its gradient on as it is.
   *
   * @param alone whether it passes it on to one input alone, so that its result is only another
   *     name for that
   */
  void passOn(Var input, Var gradient, Origin share, boolean alone) {
    passed.computeIfAbsent(gradient, g -> new ArrayList<>()).add(share);
    if (alone) {
      sources.put(gradient, input);
    }
  }

  /** Notes that a gradient is the whole one of a value. */
  void complete(Var value, Var gradient) {
    boolean source = sources.get(gradient) == value;
    complete
        .computeIfAbsent(gradient, g -> new ArrayList<>())
        .add(new Origin.Of(gradient, value, source));
  }

  /** Says of the equations of gradients what they are the whole gradients of. */
  void write(Builder builder) {
    builder.equations().replaceAll(e -> e.from(of(e)));
  }

  private Origin of(Equation e) {
    List<Origin.Of> of = noted(complete, e).toList();
    List<Origin> equal = Stream.concat(Stream.of(e.origin()), noted(passed, e)).toList();
    Origin how = Origin.equal(Pass.nameOf(Differentiate.class), equal, List.of());
    return of.isEmpty() ? how : new Origin.Gradient(of, how);
  }

  private static <T> Stream<T> noted(Map<Var, List<T>> notes, Equation e) {
    return e.outs().stream().flatMap(out -> notes.getOrDefault(out, List.of()).stream());
  }
}
