package dev.peephole.emit.java.print;

import dev.peephole.emit.Lowering;
import dev.peephole.ir.Scalar;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Operator;
import dev.peephole.op.Elementwise;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes numbers that are known while compiling as what they were computed from, where that comes
 * to the same bits: {@code sqrt(6f / (2 + 8))} for 0.7745967, or {@code (float) sqrt(6.0 / 13)}
 * where single precision rounds otherwise on the way.
 *
 * @param precision that of the code
 */
public record ConstantFormulas(Precision precision) {
  /** Those that all machines round alike. */
  private static final List<Elementwise> EXACT =
      List.of(
          Elementwise.ADD,
          Elementwise.SUBTRACT,
          Elementwise.MULTIPLY,
          Elementwise.DIVIDE,
          Elementwise.NEGATE,
          Elementwise.SQUARE,
          Elementwise.SQRT);

  /** What joins ints as it joins numbers with a fraction. */
  private static final Map<Elementwise, Operator> OF_INTS =
      Map.of(
          Elementwise.ADD, Operator.PLUS,
          Elementwise.SUBTRACT, Operator.MINUS,
          Elementwise.MULTIPLY, Operator.TIMES);

  /** Where a formula is computed in double precision. */
  private enum Wide {
    NOWHERE,
    ROOTS,
    ALL
  }

  /** The formula of a number; nothing if it has none that comes to the same. */
  public Optional<Expr> of(Scalar.Number number) {
    if (number.made().isEmpty() || !isExact(number)) {
      return Optional.empty();
    }
    return Arrays.stream(Wide.values())
        .filter(wide -> precision == Precision.FLOAT || wide == Wide.NOWHERE)
        .filter(wide -> same(value(number, wide), number.value()))
        .findFirst()
        .map(wide -> wide == Wide.ALL ? new Expr.Wide(expr(number, wide)) : expr(number, wide));
  }

  private boolean same(double formula, double number) {
    return precision == Precision.FLOAT
        ? (float) formula == (float) number
        : Double.compare(formula, number) == 0;
  }

  private static boolean isExact(Scalar scalar) {
    if (scalar instanceof Scalar.Number number && number.made().isPresent()) {
      return isExact(number.made().get());
    }
    return !(scalar instanceof Scalar.Apply apply)
        || EXACT.contains((Elementwise) apply.op())
            && apply.inputs().stream().allMatch(ConstantFormulas::isExact);
  }

  /** What the formula comes to where each op rounds as the code does. */
  private double value(Scalar scalar, Wide wide) {
    if (scalar instanceof Scalar.Apply apply) {
      Elementwise op = (Elementwise) apply.op();
      Wide inside = op == Elementwise.SQRT && wide == Wide.ROOTS ? Wide.ALL : wide;
      double[] inputs = apply.inputs().stream().mapToDouble(s -> value(s, inside)).toArray();
      return rounded(op.reference(inputs), wide);
    }
    Scalar.Number number = (Scalar.Number) scalar;
    return number.made().map(made -> value(made, wide)).orElse(rounded(number.value(), wide));
  }

  private double rounded(double value, Wide wide) {
    return precision == Precision.FLOAT && wide != Wide.ALL ? (float) value : value;
  }

  private static Expr expr(Scalar scalar, Wide wide) {
    if (scalar instanceof Scalar.Apply apply) {
      Elementwise op = (Elementwise) apply.op();
      boolean root = op == Elementwise.SQRT && wide == Wide.ROOTS;
      List<Expr> inputs =
          apply.inputs().stream().map(s -> expr(s, root ? Wide.ALL : wide)).toList();
      Expr expr =
          OF_INTS.containsKey(op) && inputs.stream().allMatch(Expr::isInt)
              ? new Expr.Binary(OF_INTS.get(op), inputs.get(0), inputs.get(1))
              : new Expr.Operation(op, inputs);
      return root ? new Expr.Wide(expr) : expr;
    }
    Scalar.Number number = (Scalar.Number) scalar;
    if (number.made().isPresent()) {
      return expr(number.made().get(), wide);
    } else if (number.value() == Math.PI) {
      return new Expr.Variable("Math.PI", Kind.REAL);
    }
    return Lowering.isWhole(number.value())
        ? Expr.whole((int) number.value())
        : new Expr.Real(number.value());
  }
}
