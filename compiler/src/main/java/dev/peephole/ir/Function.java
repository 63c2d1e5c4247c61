package dev.peephole.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Equations in an order in which they can be computed, from inputs to outputs.
 *
 * @param roles what the inputs and outputs are for; {@link Roles#NONE} where nobody asks, as of the
 *     step of a scan, whose scan says it
 */
public record Function(
    String name, List<Var> inputs, List<Equation> equations, List<Var> outputs, Roles roles) {
  public Function {
    inputs = List.copyOf(inputs);
    equations = List.copyOf(equations);
    outputs = List.copyOf(outputs);
    if (!roles.equals(Roles.NONE)
        && (roles.inputs.size() != inputs.size() || roles.outputs.size() != outputs.size())) {
      throw new IllegalArgumentException(roles + " of " + inputs + " and " + outputs);
    }
  }

  /** What the inputs and the outputs of a function are for, in their order. */
  public record Roles(List<Role> inputs, List<Role> outputs) {
    public static final Roles NONE = new Roles(List.of(), List.of());

    public Roles {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /** A function of whose inputs and outputs nobody asks what they are for. */
  public Function(String name, List<Var> inputs, List<Equation> equations, List<Var> outputs) {
    this(name, inputs, equations, outputs, Roles.NONE);
  }

  /** A function of inputs and outputs with roles. */
  public static Function of(
      String name,
      Map<Role, List<Var>> inputs,
      List<Equation> equations,
      Map<Role, List<Var>> outputs) {
    Roles roles = new Roles(roles(inputs), roles(outputs));
    return new Function(name, values(inputs), equations, values(outputs), roles);
  }

  private static List<Var> values(Map<Role, List<Var>> byRole) {
    List<Var> all = new ArrayList<>();
    sorted(byRole).values().forEach(all::addAll);
    return all;
  }

  private static List<Role> roles(Map<Role, List<Var>> byRole) {
    List<Role> all = new ArrayList<>();
    sorted(byRole).forEach((role, vars) -> all.addAll(Collections.nCopies(vars.size(), role)));
    return all;
  }

  private static Map<Role, List<Var>> sorted(Map<Role, List<Var>> byRole) {
    Map<Role, List<Var>> sorted = new EnumMap<>(Role.class);
    sorted.putAll(byRole);
    return sorted;
  }

  /** The inputs by what they are for; a map of its own. */
  public Map<Role, List<Var>> inputsByRole() {
    return byRole(inputs, roles.inputs);
  }

  /** The outputs by what they are for; a map of its own. */
  public Map<Role, List<Var>> outputsByRole() {
    return byRole(outputs, roles.outputs);
  }

  private static Map<Role, List<Var>> byRole(List<Var> vars, List<Role> roles) {
    Map<Role, List<Var>> byRole = new EnumMap<>(Role.class);
    IntStream.range(0, roles.size())
        .forEach(
            i -> byRole.computeIfAbsent(roles.get(i), r -> new ArrayList<>()).add(vars.get(i)));
    return byRole;
  }

  /** The inputs that are for this, in their order. */
  public List<Var> inputs(Role role) {
    return List.copyOf(inputsByRole().getOrDefault(role, List.of()));
  }

  /** The outputs that are for this, in their order. */
  public List<Var> outputs(Role role) {
    return List.copyOf(outputsByRole().getOrDefault(role, List.of()));
  }

  /** The equations that are recurrences, without those inside their steps. */
  public List<Equation> scans() {
    return equations.stream().filter(e -> e.op() instanceof Scan).toList();
  }

  /** Whether one of the equations, in the steps of scans too, asks if this is training. */
  public boolean dependsOnMode() {
    return equations.stream()
        .anyMatch(
            e ->
                e.op().dependsOnMode()
                    || e.op() instanceof Scan scan && scan.step().dependsOnMode());
  }

  /** The function with other equations for the same outputs. */
  public Function withEquations(List<Equation> changed) {
    return with(changed, outputs);
  }

  /** The function with other equations, and outputs in the place of those before. */
  public Function with(List<Equation> changed, List<Var> results) {
    return new Function(name, inputs, changed, results, roles);
  }
}
