package dev.peephole.check.value;

import dev.peephole.ir.Function;
import dev.peephole.ir.Var;
import dev.peephole.source.Span;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A layer's own parameters and states, shared by all its applications. The layers that it applies
 * in turn are its children, one for each place in its body that applies one; behind one place that
 * repeats what it applies, or that applies what was handed over, stands a group of them.
 */
public final class Instance {
  private final Callable callable;
  private final Instance parent;
  private final Map<Expr, Instance> childAt = new IdentityHashMap<>();
  private final Map<Expr, Map<Integer, Instance>> groupAt = new IdentityHashMap<>();
  private final List<Instance> children = new ArrayList<>();
  private final Map<String, DraftParameter> parameters = new LinkedHashMap<>();
  private final Map<String, DraftState> states = new LinkedHashMap<>();
  private String givenName = "";

  /** The network itself has neither callable nor parent, a group no callable. */
  public Instance(Callable callable, Instance parent) {
    this.callable = callable;
    this.parent = parent;
  }

  public Callable callable() {
    return callable;
  }

  public Map<String, DraftParameter> parameters() {
    return parameters;
  }

  /** What is kept from step to step, by name. */
  public Map<String, DraftState> states() {
    return states;
  }

  /** The child that the application at {@code place} stands for. */
  public Instance child(Expr place, Callable of) {
    return childAt.computeIfAbsent(
        place,
        p -> {
          Instance child = new Instance(of, this);
          children.add(child);
          return child;
        });
  }

  /** The children of one turn of a place that applies several layers, one turn after another. */
  public Instance group(Expr place, int turn) {
    return groupAt
        .computeIfAbsent(place, p -> new HashMap<>())
        .computeIfAbsent(
            turn,
            t -> {
              Instance group = new Instance(null, this);
              children.add(group);
              return group;
            });
  }

  private boolean isGroup() {
    return callable == null && parent != null;
  }

  /** The layers right below this one, those of groups among them. */
  private Stream<Instance> layers() {
    return children.stream().flatMap(c -> c.isGroup() ? c.layers() : Stream.of(c));
  }

  /** The layer, or the network, that this one lies in. */
  private Instance outer() {
    return parent.isGroup() ? parent.outer() : parent;
  }

  /** The name of the equation that made this instance, empty if none did. */
  public String givenName() {
    return givenName;
  }

  public void nameIfUnnamed(String name) {
    if (givenName.isEmpty()) {
      givenName = name;
    }
  }

  /** The prefix of the parameters' names in a weights file, such as {@code encoder.dense2}. */
  String path() {
    if (parent == null) {
      return "";
    }
    String outer = outer().path();
    return outer.isEmpty() ? ownName() : outer + "." + ownName();
  }

  private String ownName() {
    if (!givenName.isEmpty()) {
      return givenName;
    }
    List<Instance> alike =
        outer()
            .layers()
            .filter(c -> c.givenName.isEmpty() && c.callable.name().name().equals(name()))
            .filter(c -> !c.isBare())
            .toList();
    return alike.size() == 1 ? name() : name() + (alike.indexOf(this) + 1);
  }

  private boolean isBare() {
    return parameters.isEmpty() && states.isEmpty() && children.stream().allMatch(Instance::isBare);
  }

  private String name() {
    return callable.name().name();
  }

  /** The parameters of this instance and all below it, in the order made. */
  public List<DraftParameter> allParameters() {
    List<DraftParameter> all = new ArrayList<>(parameters.values());
    children.forEach(c -> all.addAll(c.allParameters()));
    return all;
  }

  /** The states of this instance and all below it, in the order made. */
  public List<DraftState> allStates() {
    List<DraftState> all = new ArrayList<>(states.values());
    children.forEach(c -> all.addAll(c.allStates()));
    return all;
  }

  /**
   * A state of a layer.
   *
   * @param before it is declared as a parameter is: this is the value that a step begins with
   * @param now what the equations so far make of it
   */
  public record DraftState(DraftParameter before, Var now) {

    /** The same state with another value by now. */
    public DraftState becoming(Var next) {
      return new DraftState(before, next);
    }
  }

  /** A parameter before all names are known, and the use of its layer that made it. */
  public record DraftParameter(
      String name,
      Var var,
      Function initializer,
      String formula,
      Instance owner,
      Span span,
      Span use) {
    public String path() {
      String outer = owner.path();
      return outer.isEmpty() ? name : outer + "." + name;
    }

    /** What a plan may call it by: its own name, its path, or that of a layer that it lies in. */
    public Set<String> callNames() {
      Set<String> all = new LinkedHashSet<>(List.of(name, path()));
      for (Instance layer = owner; layer.parent != null; layer = layer.outer()) {
        all.add(layer.path());
      }
      return all;
    }
  }
}
