package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Instance.DraftParameter;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Program.Group;
import dev.peephole.source.Span;
import dev.peephole.syntax.Ident;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Finds out which parameters each optimizer of a plan is on. */
public final class Groups {
  private final List<DraftParameter> parameters;
  private final Map<DraftParameter, Span> named = new HashMap<>();

  /**
   * @param parameters of the network, all its layers applied
   */
  public Groups(List<DraftParameter> parameters) {
    this.parameters = parameters;
  }

  /**
   * The groups: first that of the optimizer which is on all that no other is on.
   *
   * @throws CheckException if a parameter has two optimizers or none
   */
  public List<Group> of(List<Trained> optimizers) {
    List<Group> groups = new ArrayList<>();
    Optional<Trained> others = Optional.empty();
    for (Trained trained : optimizers) {
      if (OptimizerClause.on(trained.clause()).isEmpty()) {
        others = Optional.of(trained);
      } else {
        groups.add(new Group(trained.optimizer(), named(trained)));
      }
    }
    List<Integer> left =
        IntStream.range(0, parameters.size())
            .filter(i -> !named.containsKey(parameters.get(i)))
            .boxed()
            .toList();
    if (others.isEmpty() != left.isEmpty()) {
      throw new CheckException(
          left.isEmpty() ? nothingLeft(others.get()) : untrained(left, optimizers));
    }
    others.ifPresent(trained -> groups.add(0, new Group(trained.optimizer(), left)));
    return groups;
  }

  private List<Integer> named(Trained trained) {
    TreeSet<Integer> places = new TreeSet<>();
    for (Ident name : OptimizerClause.on(trained.clause())) {
      for (DraftParameter parameter : new Named(parameters).by(name)) {
        Span before = named.put(parameter, name.span());
        if (before != null && !places.contains(parameters.indexOf(parameter))) {
          throw new CheckException(
              Diagnostic.error(Code.PLAN, name.span(), "two optimizers are on " + parameter.path())
                  .and(before, "one here"));
        }
        places.add(parameters.indexOf(parameter));
      }
    }
    return List.copyOf(places);
  }

  private static Diagnostic nothingLeft(Trained others) {
    return Diagnostic.error(
            Code.PLAN, others.clause().span(), "there is nothing left for this optimizer")
        .note("others are on all parameters")
        .hint("leave it out");
  }

  private Diagnostic untrained(List<Integer> left, List<Trained> optimizers) {
    List<String> paths = left.stream().map(i -> parameters.get(i).path()).toList();
    return Diagnostic.error(
            Code.PLAN,
            optimizers.get(0).clause().span(),
            "no optimizer is on " + String.join(", ", paths))
        .hint("say how all others move: optimizer adam(rate: 0.001)")
        .hint("or that they stay as they are: optimizer frozen");
  }
}
