package dev.peephole.emit;

import dev.peephole.ir.Element;
import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Operator;
import dev.peephole.op.Elementwise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Writes the numbers of a model, and where they are, in the loop language. */
public final class Lowering {
  private final Places places;
  private final Identifiers identifiers;
  private final BiFunction<String, Double, String> constants;
  private final Function<Scalar.Number, Optional<Expr>> formulas;

  /**
   * @param constants gives the name of a constant that the model names
   */
  public Lowering(
      Places places, Identifiers identifiers, BiFunction<String, Double, String> constants) {
    this(places, identifiers, constants, number -> Optional.empty());
  }

  /**
   * @param formulas gives what a known number is written as, if not as what it comes to
   */
  public Lowering(
      Places places,
      Identifiers identifiers,
      BiFunction<String, Double, String> constants,
      Function<Scalar.Number, Optional<Expr>> formulas) {
    this.places = places;
    this.identifiers = identifiers;
    this.constants = constants;
    this.formulas = formulas;
  }

  /** The same for values that are kept elsewhere. */
  public Lowering with(Places others) {
    return new Lowering(others, identifiers, constants, formulas);
  }

  /** The names that it uses. */
  public Identifiers identifiers() {
    return identifiers;
  }

  /** Whether a number can be written as an int and mean the same. */
  public static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6;
  }

  /** The expression of a number where one with a fraction is wanted. */
  public Expr real(Scalar scalar, Scope scope) {
    return scalar instanceof Scalar.Number number && number.name().isEmpty()
        ? formulas.apply(number).orElse(new Expr.Real(number.value()))
        : number(scalar, scope);
  }

  /** The expression of a number. */
  public Expr number(Scalar scalar, Scope scope) {
    if (scope.known().containsKey(scalar)) {
      return scope.known().get(scalar);
    } else if (scalar instanceof Scalar.Number number) {
      return constant(number);
    } else if (scalar instanceof Scalar.Load load) {
      return element(load.var(), load.at(), scope);
    } else if (scalar instanceof Scalar.Apply apply) {
      List<Expr> inputs = apply.inputs().stream().map(s -> number(s, scope)).toList();
      return new Expr.Operation((Elementwise) apply.op(), inputs);
    } else if (scalar instanceof Scalar.BatchSize) {
      return Extents.examples();
    } else if (scalar instanceof Scalar.Training) {
      return new Expr.Training();
    } else if (scalar instanceof Scalar.WhereSame where) {
      Expr right = position(where.right(), scope);
      Expr test = position(where.left(), scope).compared(Operator.EQUAL, right);
      return choice(test, where.then(), where.otherwise(), scope);
    } else if (scalar instanceof Scalar.WhereWithin where) {
      return choice(within(where, scope), where.then(), where.otherwise(), scope);
    } else if (scalar instanceof Scalar.Before before) {
      Expr limit = number(before.limit(), scope);
      return position(before.position(), scope).compared(Operator.LESS, limit);
    }
    throw new IllegalArgumentException("nothing is known of " + scalar);
  }

  private Expr constant(Scalar.Number number) {
    if (!number.name().isEmpty()) {
      return Expr.real(constants.apply(number.name(), number.value()));
    }
    return formulas
        .apply(number)
        .orElseGet(
            () ->
                isWhole(number.value())
                    ? Expr.whole((int) number.value())
                    : new Expr.Real(number.value()));
  }

  private Expr choice(Expr test, Scalar then, Scalar otherwise, Scope scope) {
    return new Expr.Choice(test, number(then, scope), number(otherwise, scope));
  }

  private Expr within(Scalar.WhereWithin where, Scope scope) {
    return tests(where, scope).stream()
        .reduce((some, other) -> some.compared(Operator.AND, other))
        .orElseThrow();
  }

  /** What must hold so that a position is within its bounds. */
  List<Expr> tests(Scalar.WhereWithin where, Scope scope) {
    Expr position = position(where.position(), scope);
    List<Expr> tests = new ArrayList<>();
    if (where.canBeBefore()) {
      tests.add(position.compared(Operator.AT_LEAST, Expr.whole(where.from())));
    }
    tests.add(position.compared(Operator.LESS, Expr.whole(where.to())));
    if (where.step() > 1) {
      Expr rest = position.rest(Expr.whole(where.step()));
      tests.add(rest.compared(Operator.EQUAL, Expr.whole(0)));
    }
    return tests;
  }

  /** A number of a value: {@code h[n * 8 + k]}. */
  public Expr element(Var var, List<Index> at, Scope scope) {
    return places.isArray(var)
        ? element(var, place(var, at, scope))
        : new Expr.Variable(places.variable(var), isInt(var) ? Kind.INT : Kind.REAL);
  }

  /** A number of a value in an array, by its place there. */
  public Expr element(Var var, Expr place) {
    return new Expr.Element(places.variable(var), place, isInt(var));
  }

  private static boolean isInt(Var var) {
    return var.element() == Element.COUNT;
  }

  /** Where a number of a value is in its array, row by row. */
  public Expr place(Var var, List<Index> at, Scope scope) {
    if (at.isEmpty() && !places.isTimed(var)) {
      return Expr.whole(0);
    } else if (scope.flat().isPresent() && !at.isEmpty()) {
      return start(var, scope).plus(scope.flat().get());
    }
    Expr place = places.isTimed(var) ? scope.time().orElseThrow() : Expr.whole(0);
    for (int axis = 0; axis < at.size(); axis++) {
      Expr rows = place.times(Extents.length(var.shape().axis(axis)));
      place = rows.plus(position(at.get(axis), scope));
    }
    return place;
  }

  /** Where the value of this time step begins in its array. */
  public Expr start(Var var, Scope scope) {
    return places.isTimed(var)
        ? scope.time().orElseThrow().times(Extents.size(var.shape()))
        : Expr.whole(0);
  }

  /** The array of a value. */
  public Expr array(Var var) {
    return Expr.array(places.variable(var));
  }

  /** A position in a loop. */
  private Expr position(Index index, Scope scope) {
    Expr sum = Expr.whole(0);
    for (Map.Entry<Index.Variable, Integer> term : index.factors().entrySet()) {
      Expr variable = variable(term.getKey(), scope).times(Expr.whole(Math.abs(term.getValue())));
      sum = term.getValue() < 0 ? sum.minus(variable) : sum.plus(variable);
    }
    return sum.plus(index.constant());
  }

  private Expr variable(Index.Variable variable, Scope scope) {
    if (variable instanceof Index.Loop loop) {
      return Expr.position(scope.positions().get(loop.axis()));
    } else if (variable instanceof Index.Label label) {
      return number(label.label(), scope);
    } else if (variable instanceof Index.Quotient quotient) {
      return position(quotient.of(), scope).over(Expr.whole(quotient.by()));
    }
    return variable instanceof Index.Time
        ? scope.time().orElseThrow()
        : Expr.position(Extents.STEPS);
  }
}
