package dev.peephole.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives values new names, wherever they stand. */
public final class Renaming {
  private final Map<Var, Var> renamed = new HashMap<>();

  private Renaming() {}

  /** Gives values names. */
  public static Renaming named(Map<Var, String> names) {
    Renaming renaming = new Renaming();
    names.forEach((var, name) -> renaming.renamed.put(var, var.renamed(name)));
    return renaming;
  }

  /** Gives values names, or hints of names. */
  public static Renaming of(Map<Var, Label> labels) {
    Renaming renaming = new Renaming();
    labels.forEach((var, label) -> renaming.renamed.put(var, var.labelled(label)));
    return renaming;
  }

  /** Puts values in the place of others of the same type. */
  public static Renaming to(Map<Var, Var> values) {
    Renaming renaming = new Renaming();
    renaming.renamed.putAll(values);
    return renaming;
  }

  /** The value in the place of another. */
  public Var apply(Var var) {
    return renamed.getOrDefault(var, var);
  }

  List<Var> apply(List<Var> vars) {
    return vars.stream().map(this::apply).toList();
  }

  private Op apply(Op op) {
    return op instanceof Scan scan ? scan.withStep(apply(scan.step())) : op;
  }

  public Function apply(Function function) {
    List<Equation> equations =
        function.equations().stream()
            .map(e -> new Equation(apply(e.outs()), apply(e.op()), apply(e.inputs()), e.origin()))
            .toList();
    return new Function(
        function.name(),
        apply(function.inputs()),
        equations,
        apply(function.outputs()),
        function.roles());
  }
}
