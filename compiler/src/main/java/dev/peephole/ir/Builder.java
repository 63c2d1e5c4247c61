package dev.peephole.ir;

import java.util.ArrayList;
import java.util.List;

/** Appends equations to a function that is being written. */
public class Builder {
  private final List<Equation> equations = new ArrayList<>();
  private Origin origin = Origin.NOWHERE;

  /** Where the equations from here on come from. */
  public void at(Origin from) {
    origin = from;
  }

  public Origin origin() {
    return origin;
  }

  /**
   * {@code name = op(inputs)}; an empty name if nothing better is known.
   *
   * @throws TypeMismatch if the inputs do not fit
   */
  public Var named(String name, Op op, List<Var> inputs) {
    return labelled(Label.name(name), op, inputs);
  }

  /** The same for a result with a name or a hint of one. */
  public Var labelled(Label label, Op op, List<Var> inputs) {
    Var out = Var.of(label, op.type(inputs.stream().map(Var::type).toList()));
    add(new Equation(out, op, inputs, origin));
    return out;
  }

  public Var apply(Op op, Var... inputs) {
    return named("", op, List.of(inputs));
  }

  public void add(Equation equation) {
    equations.add(equation);
  }

  public List<Equation> equations() {
    return equations;
  }
}
