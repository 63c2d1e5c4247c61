package dev.peephole.kernel;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the expression of a number, with the values that have no buffer of their own written out
 * in place.
 */
public final class Inlining {
  private final Map<Var, Equation> inlined = new HashMap<>();
  private final Map<Var, Scalar> replaced = new HashMap<>();
  private final Map<Var, Place> placed = new HashMap<>();
  private final Map<Var, Equation> views = new HashMap<>();

  /** From here on formulas write the view out; its numbers are those of its input. */
  public void view(Equation equation) {
    views.put(equation.out(), equation);
  }

  /** Where a value stands in a greater one. */
  private record Place(Var whole, int axis, int start) {}

  /** From here on the equation's value is written out wherever it is read. */
  public void inline(Equation equation) {
    inlined.put(equation.out(), equation);
  }

  /** From here on the value is read out of a greater one, in which it begins somewhere. */
  public void place(Var var, Var whole, int axis, int start) {
    placed.put(var, new Place(whole, axis, start));
  }

  /** Where a number of a value is kept. */
  public Scalar.Load kept(Var var, List<Index> at) {
    Place place = placed.get(var);
    if (place == null) {
      return new Scalar.Load(var, at);
    }
    List<Index> inside = new ArrayList<>(at);
    inside.set(place.axis, at.get(place.axis).shifted(place.start));
    return new Scalar.Load(place.whole, inside);
  }

  /** The same inlining with one value replaced by an expression. */
  public Inlining replacing(Var var, Scalar scalar) {
    Inlining other = new Inlining();
    other.inlined.putAll(inlined);
    other.placed.putAll(placed);
    other.replaced.putAll(replaced);
    other.replaced.put(var, scalar);
    return other;
  }

  boolean inlines(Var var) {
    return inlined.containsKey(var);
  }

  /** The number of a value at a place. */
  public Scalar number(Var var, List<Index> at) {
    if (replaced.containsKey(var)) {
      return replaced.get(var);
    }
    Equation equation = inlined.get(var);
    return equation == null ? kept(var, at) : number(equation, at);
  }

  /** The number that an equation computes at a place. */
  public Scalar number(Equation equation, List<Index> at) {
    return expand(((Op.Pointwise) equation.op()).element(at, equation.inputs()));
  }

  private Scalar expand(Scalar scalar) {
    Scalar inner = scalar.of(this::expand, this::expand);
    return inner instanceof Scalar.Load load ? number(load.var(), load.at()) : inner;
  }

  private Index expand(Index index) {
    return index.substitute(
        variable ->
            variable instanceof Index.Label label
                ? Index.label(expand(label.label()))
                : Index.of(variable));
  }

  /** The equations that are written out in an equation's expression. */
  public Set<Equation> within(Equation equation) {
    Set<Equation> found = new LinkedHashSet<>();
    for (Var input : equation.inputs()) {
      Equation inner = inlined.get(input);
      if (inner != null && found.add(inner)) {
        found.addAll(within(inner));
      }
    }
    return found;
  }

  /** Whether an equation that is written out is a constant, perhaps repeated. */
  public boolean isConstant(Equation equation) {
    return equation.op() instanceof Op.Pointwise op
        && op.cost() == Op.Cost.FREE
        && equation.inputs().stream()
            .allMatch(input -> inlines(input) && isConstant(inlined.get(input)));
  }

  /** The notation of a value, written out as far as its expression is. */
  public Expression formula(Var var) {
    Equation equation = inlined.getOrDefault(var, views.get(var));
    return equation == null ? Expression.of(var) : formula(equation);
  }

  /** The notation of an equation's right side. */
  public Expression formula(Equation equation) {
    List<Expression> inputs = equation.inputs().stream().map(this::formula).toList();
    return equation.op().formula(inputs, equation);
  }
}
