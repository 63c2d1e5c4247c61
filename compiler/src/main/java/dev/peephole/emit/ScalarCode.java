package dev.peephole.emit;

import dev.peephole.ir.Element;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Notation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Writes the expression of one number, in Java or in OpenCL C. */
public final class ScalarCode {

  /** How a value is read or written; {@code offset} is empty if it is a single variable. */
  public interface Places {
    String variable(Var var);

    boolean isArray(Var var);

    /** Whether the array holds the value of every time step, one after another. */
    default boolean isTimed(Var var) {
      return false;
    }
  }

  private final Places places;
  private final Dialect dialect;
  private final Identifiers identifiers;
  private final BiFunction<String, Double, String> constants;
  private final Set<String> functions = new HashSet<>();
  private final Map<Scalar, String> known = new HashMap<>();
  private boolean flat;
  private String time = "";
  private String joined = "";
  private List<Integer> loops = List.of();

  /**
   * @param constants gives the name of a constant that the model names
   */
  public ScalarCode(
      Places places,
      Dialect dialect,
      Identifiers identifiers,
      BiFunction<String, Double, String> constants) {
    this.places = places;
    this.dialect = dialect;
    this.identifiers = identifiers;
    this.constants = constants;
  }

  /** From here on there is one loop over everything, or one an axis. */
  public void flat(boolean oneLoop) {
    flat = oneLoop;
  }

  /** Makes position k of an expression stand for the loop over axis {@code axes[k]}. */
  public void renumber(List<Integer> axes) {
    loops = axes;
  }

  /** What a reduction's joined number is called from here on. */
  public void joined(String expression) {
    joined = expression;
  }

  /**
   * From here on a number that is read is in a variable, too; none is any more if there is none.
   */
  public void known(Map<Scalar.Load, String> variables) {
    known.clear();
    known.putAll(variables);
  }

  /** The functions of the runtime that the expressions call. */
  public Set<String> functions() {
    return functions;
  }

  public String text(Scalar scalar) {
    return code(scalar).formula().text();
  }

  /** The text for where a number with a fraction is wanted. */
  public String real(Scalar scalar) {
    return scalar instanceof Scalar.Number number && number.name().isEmpty()
        ? dialect.literal(number.value())
        : text(scalar);
  }

  /** Whether the number can be written as an int and mean the same. */
  public static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6;
  }

  /** Code, and whether the language takes it for an int. */
  private record Code(Formula formula, boolean isInt) {
    static Code atom(String text, boolean isInt) {
      return new Code(Formula.atom(text, true), isInt);
    }
  }

  private Code code(Scalar scalar) {
    if (scalar instanceof Scalar.Number number) {
      return number(number);
    } else if (known.containsKey(scalar)) {
      return Code.atom(known.get(scalar), false);
    } else if (scalar instanceof Scalar.Load load) {
      return Code.atom(element(load.var(), load.at()), load.var().element() == Element.COUNT);
    } else if (scalar instanceof Scalar.Apply apply) {
      return apply(apply);
    } else if (scalar instanceof Scalar.BatchSize) {
      return Code.atom("n", true);
    } else if (scalar instanceof Scalar.Training) {
      return Code.atom(dialect.training(), false);
    } else if (scalar instanceof Scalar.WhereSame where) {
      String test = index(where.left()) + " == " + index(where.right());
      return selection(test, where.then(), where.otherwise());
    } else if (scalar instanceof Scalar.WhereWithin where) {
      return selection(within(where), where.then(), where.otherwise());
    } else if (scalar instanceof Scalar.Before before) {
      String test = index(before.position()) + " < " + text(before.limit());
      return new Code(new Formula(test, Formula.COMPARISON, true), false);
    }
    return Code.atom(
        scalar.equals(Kernel.Reduce.JOINED) ? joined : ((Scalar.Local) scalar).name(), false);
  }

  private String within(Scalar.WhereWithin where) {
    String position = index(where.position());
    String below = position + " < " + where.to();
    return where.from() == 0 ? below : position + " >= " + where.from() + " && " + below;
  }

  private Code selection(String test, Scalar then, Scalar otherwise) {
    Code yes = code(then);
    Code no = code(otherwise);
    String text = test + " ? " + yes.formula.within(1) + " : " + no.formula.within(1);
    return new Code(new Formula(text, Formula.LOOSEST, true), yes.isInt && no.isInt);
  }

  private Code number(Scalar.Number number) {
    if (!number.name().isEmpty()) {
      return Code.atom(constants.apply(number.name(), number.value()), false);
    }
    boolean isInt = isWhole(number.value());
    String text = isInt ? String.valueOf((int) number.value()) : dialect.literal(number.value());
    int binding = number.value() < 0 ? Formula.SIGN : Formula.ATOM;
    return new Code(new Formula(text, binding, true), isInt);
  }

  private Code apply(Scalar.Apply apply) {
    Elementwise op = (Elementwise) apply.op();
    List<Code> inputs = new ArrayList<>(apply.inputs().stream().map(this::code).toList());
    Notation notation = dialect.notation(op);
    String function = notation.function();
    boolean allInt = inputs.stream().allMatch(Code::isInt);
    if (allInt && op != Elementwise.WHERE && !op.truth()) {
      inputs.set(0, toReal(apply.inputs().get(0), inputs.get(0)));
    }
    if (!function.isEmpty()) {
      functions.add(function);
      if (!dialect.callsTakeInts()) {
        for (int i = 0; i < inputs.size(); i++) {
          inputs.set(i, toReal(apply.inputs().get(i), inputs.get(i)));
        }
      }
    }
    Formula text = notation.write(inputs.stream().map(Code::formula).toList());
    boolean isInt = op == Elementwise.WHERE && inputs.get(1).isInt && inputs.get(2).isInt;
    return new Code(text, isInt);
  }

  private Code toReal(Scalar scalar, Code code) {
    if (!code.isInt) {
      return code;
    }
    if (scalar instanceof Scalar.Number number) {
      return new Code(
          new Formula(dialect.literal(number.value()), code.formula.binding(), true), false);
    }
    String cast = "(" + dialect.realName() + ") " + code.formula.within(Formula.ATOM);
    return new Code(new Formula(cast, Formula.SIGN, true), false);
  }

  /** {@code h[i * 8 + j]}. */
  public String element(Var var, List<Index> at) {
    String name = places.variable(var);
    if (!places.isArray(var)) {
      return name;
    }
    if (at.isEmpty() && !places.isTimed(var)) {
      return name + "[0]";
    }
    return name + "[" + place(var, at) + "]";
  }

  /** Where a number of a value is in its array. */
  public String place(Var var, List<Index> at) {
    if (flat) {
      String start = start(var);
      return (start.equals("0") ? "" : start + " + ") + identifiers.flatPosition();
    }
    String offset = offset(places.isTimed(var) ? time : "", var.shape(), at);
    return offset.isEmpty() ? "0" : offset;
  }

  /** Where the value of this time step begins in its array. */
  public String start(Var var) {
    return places.isTimed(var) ? time + " * " + Extents.numbers(var.shape()) : "0";
  }

  /** From here on the body of a recurrence is written, at this time step. */
  public void time(String position) {
    time = position;
  }

  private String offset(String outer, Shape shape, List<Index> at) {
    String offset = outer;
    for (int axis = 0; axis < at.size(); axis++) {
      String position = index(at.get(axis));
      if (offset.isEmpty() || offset.equals("0")) {
        offset = position;
      } else {
        String rows = isProduct(offset) ? offset : "(" + offset + ")";
        String row = shape.axis(axis) == 1 ? offset : times(rows, shape.axis(axis));
        offset = row + (position.equals("0") ? "" : " + " + position);
      }
    }
    return offset;
  }

  /** Whether it can be multiplied without brackets, whatever stands inside an index. */
  private static boolean isProduct(String offset) {
    String outside = offset.replaceAll("\\[[^\\]]*\\]", "");
    return !outside.contains(" + ") && !outside.contains(" - ");
  }

  private static String times(String position, int length) {
    return length == 1 ? position : position + " * " + Extents.length(length);
  }

  private String index(Index index) {
    StringBuilder text = new StringBuilder();
    index.factors().forEach((variable, factor) -> term(variable(variable), factor, text));
    if (index.constant() != 0 || text.isEmpty()) {
      term(String.valueOf(Math.abs(index.constant())), Integer.signum(index.constant()), text);
    }
    return text.toString();
  }

  private static void term(String variable, int factor, StringBuilder text) {
    if (!text.isEmpty()) {
      text.append(factor < 0 ? " - " : " + ");
    } else if (factor < 0) {
      text.append('-');
    }
    text.append(variable);
    if (Math.abs(factor) > 1) {
      text.append(" * ").append(Math.abs(factor));
    }
  }

  private String variable(Index.Variable variable) {
    if (variable instanceof Index.Loop loop) {
      int axis = loops.isEmpty() ? loop.axis() : loops.get(loop.axis());
      return identifiers.position(axis);
    } else if (variable instanceof Index.Label label) {
      return text(label.label());
    }
    return variable instanceof Index.Time ? time : Extents.STEPS;
  }
}
