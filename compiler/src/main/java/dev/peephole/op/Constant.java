package dev.peephole.op;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Rewrite;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A number that is known while compiling.
 *
 * @param label what the model calls it, such as {@code rate}; empty if it has no name
 */
public record Constant(double value, String label) implements Op.Pointwise {

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public String describe() {
    return label.isEmpty() ? text(value) : label + " = " + text(value);
  }

  @Override
  public Type type(List<Type> inputs) {
    return Type.real(Shape.SCALAR);
  }

  @Override
  public Range range(Ranging ranging) {
    return Double.isFinite(value) ? Range.of(value) : Range.ANY;
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    return label.isEmpty()
        ? Expression.number(brief(Math.abs(value)), value < 0)
        : new Expression.Name(label, List.of());
  }

  /** A number as formulas show it, with six digits. */
  private static String brief(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : "∞";
    }
    return text(new BigDecimal(value).round(new MathContext(6)).doubleValue());
  }

  /** A number as people write it: without a point if it is whole. */
  public static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e7
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    return new Scalar.Number(value, label);
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }

  /** The number in every place of a value, if it is a constant. */
  static OptionalDouble valueOf(Rewrite rewrite, Var var) {
    return constantOf(rewrite, var)
        .map(c -> OptionalDouble.of(c.value))
        .orElse(OptionalDouble.empty());
  }

  /** The constant that stands in every place of a value. */
  static Optional<Constant> constantOf(Rewrite rewrite, Var var) {
    Var inner =
        rewrite.definition(var, Broadcast.class).map(broadcast -> broadcast.input(0)).orElse(var);
    return rewrite.definition(inner, Constant.class).map(e -> (Constant) e.op());
  }
}
